import { type Table, tableOf } from '../catalog.ts';
import type { Change, Script } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import type { FileContext } from '../rule.ts';

interface Renames {
  readonly order: ReadonlyMap<Change, number>;
  readonly list: readonly { readonly at: number; readonly from: string; readonly to: ObjectName }[];
}

const renamesOf = new WeakMap<Script, Renames>();

/**
 * The table that a change is about, as the file leaves it: under its later name where it is renamed or moved below, as when a
 * table is rebuilt under another name. `undefined` where the file drops it again.
 */
export function tableAtEnd({ script, after }: FileContext, change: Change, name: ObjectName): Table | undefined {
  const { order, list } = renamesIn(script);
  if (list.length === 0) return tableOf(after, name);
  const since = order.get(change) ?? 0;
  let last = name;
  for (const { at, from, to } of list) if (at > since && from === keyOf(last)) last = to;
  return tableOf(after, last);
}

function renamesIn(script: Script): Renames {
  const known = renamesOf.get(script) ?? look(script);
  renamesOf.set(script, known);
  return known;
}

function look({ statements }: Script): Renames {
  const changes = statements.flatMap((statement) => statement.changes);
  const list = changes.flatMap((change, at) => {
    if (change.within !== undefined) return [];
    if (change.kind === 'rename-table')
      return [{ at, from: keyOf(change.table), to: { ...change.table, name: change.to } }];
    if (change.kind !== 'set-table-schema') return [];
    return [{ at, from: keyOf(change.table), to: { ...change.table, schema: change.to } }];
  });
  return { list, order: list.length === 0 ? new Map() : new Map(changes.map((change, at) => [change, at])) };
}
