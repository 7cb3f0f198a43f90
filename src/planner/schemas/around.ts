import type { ChangeBody } from '../../sql/change.ts';
import type { Description, SchemaObject } from '../../sql/description.ts';
import { display, keyOf, type ObjectName } from '../../sql/name.ts';
import type { Draft, Unsupported } from '../recipe.ts';
import { createsOf, dropsOf, formsAfter, wordsOf } from '../recipes/object.ts';
import { columnKey, constraintKey, enumKey, indexKey, tableKey } from './keys.ts';
import { inMakingOrder, isTablePart, type State } from './state.ts';

/**
 * The steps of a type change with the views, policies, triggers and others that read the column dropped before and made again after
 * it, in the same transaction: PostgreSQL refuses to alter a column that they use (ALTER TABLE, "Notes"). Those that the desired
 * schema has in another form get that form at once where everything that it needs is there.
 */
export function around(
  change: ChangeBody,
  steps: readonly Draft[],
  state: State,
  desired: Description,
): readonly Draft[] | Unsupported {
  if (change.kind !== 'change-column-type') return steps;
  const keys = columnsAltered(change, state);
  const dependants = state.dependants(keys).filter((object) => !isRebuilt(object));
  const fixed = dependants.filter(isTablePart);
  if (fixed.length > 0)
    return {
      unsupported: `${display(change.table)}.${change.column}: ${fixed.map(wordsOf).join(', ')} cannot be made again around the change of its type`,
    };
  if (dependants.length === 0) return steps;

  const after = formsAfter(dependants, state, desired);
  for (const object of after) state.put(object);
  const drops = dropsOf(dependants);
  const at = steps.findIndex(({ disturbs }) => disturbs === true);
  const target = at === -1 ? steps.length - 1 : at;
  return steps.map((step, index) =>
    index === target
      ? {
          ...step,
          transaction: true,
          sql: [...drops, ...step.sql, ...createsOf(after)],
          ...shifted(step, drops.length),
          down: [...dropsOf(inMakingOrder(after)), ...step.down, ...createsOf(dependants)],
          because: `${step.because} What reads the column is dropped and made again in the same transaction.`,
        }
      : step,
  );
}

/**
 * The steps that put another enum in the place of one, with what names the type or reads its columns out of the way. Between the steps
 * a view that compares a column with a value of the old type could not stand, so all of them are one transaction.
 */
export function aroundEnum(
  type: ObjectName,
  steps: readonly Draft[],
  state: State,
  desired: Description,
): readonly Draft[] | Unsupported {
  const key = enumKey(keyOf(type));
  const users = state.dependants([key]);
  const dependants = users.filter((object) => !isTablePart(object) && !isRebuilt(object) && object.of !== key);
  if (dependants.length === 0) return steps;
  const alone = steps.find(({ transaction }) => !transaction);
  if (alone !== undefined)
    return {
      unsupported: `type ${display(type)}: ${dependants.map(wordsOf).join(', ')} cannot be out of the way while "${alone.title}" runs; say in the configuration how many rows the tables have if they are small`,
    };

  const after = formsAfter(dependants, state, desired);
  for (const object of after) state.put(object);
  const last = steps.at(-1);
  if (last === undefined) return steps;
  const drops = dropsOf(dependants);
  return [
    {
      ...last,
      title: `Put another type ${display(type)} in the place of the one that is there`,
      sql: [...drops, ...steps.flatMap(({ sql }) => sql), ...createsOf(after)],
      knowingly: steps.flatMap((step, at) => {
        const before = steps.slice(0, at).flatMap(({ sql }) => sql).length;
        return shifted(step, drops.length + before).knowingly ?? [];
      }),
      down: [
        ...dropsOf(inMakingOrder(after)),
        ...steps.toReversed().flatMap(({ down }) => down),
        ...createsOf(dependants),
      ],
      locks: steps.flatMap(({ locks }) => locks),
      rewrites: steps.flatMap(({ rewrites }) => rewrites),
      hazards: [...new Set(steps.flatMap(({ hazards }) => hazards))],
      preconditions: steps.flatMap(({ preconditions = [] }) => preconditions),
      statementTimeoutMs: Math.max(...steps.map(({ statementTimeoutMs }) => statementTimeoutMs)),
      because: `${dependants.map(wordsOf).join(', ')} would stand in the way of each part, so all of them are one transaction. ${last.because}`,
    },
  ];
}

/** What a step does knowingly, where its statements stand behind others. */
function shifted({ knowingly }: Draft, by: number): Pick<Draft, 'knowingly'> {
  if (knowingly === undefined) return {};
  return { knowingly: knowingly.map((each) => ({ ...each, statement: (each.statement ?? 0) + by })) };
}

/** A column is altered in every partition and child too. */
function columnsAltered(
  { table, column }: { readonly table: Parameters<typeof tableKey>[0]; readonly column: string },
  state: State,
): readonly string[] {
  const keys = [columnKey(table, column)];
  const tables = [tableKey(table)];
  for (const parent of tables) {
    for (const { key, kind } of state.dependants([parent])) {
      const [, child] = /^(?:attachment of|inheritance of) table (.*?)(?: from .*)?$/.exec(key) ?? [];
      if ((kind !== 'attachment' && kind !== 'inheritance') || child === undefined || tables.includes(`table ${child}`))
        continue;
      if (state.get(key)?.needs.includes(parent) !== true || parent === `table ${child}`) continue;
      tables.push(`table ${child}`);
      keys.push(`column ${child}.${column}`);
    }
  }
  return keys;
}

/** PostgreSQL writes indexes and constraints on an altered column anew by itself (ALTER TABLE, SET DATA TYPE). */
function isRebuilt({ kind, of }: SchemaObject): boolean {
  return (
    kind === 'constraint' ||
    (kind === 'index' && of?.startsWith('materialized view') !== true) ||
    kind === 'attachment' ||
    kind === 'inheritance'
  );
}

/** The steps of a drop, whose way back also makes again what went along. */
export function withBelongings(change: ChangeBody, steps: readonly Draft[], state: State): readonly Draft[] {
  const key = dropped(change);
  if (key === undefined) return steps;
  // Columns, constraints and indexes are made again by the recipe.
  const along = state.belongings(key).filter((object) => !isTablePart(object));
  const creates = along.flatMap(({ create }) => create);
  if (creates.length === 0) return steps;
  return steps.map((step, at) => (at === steps.length - 1 ? { ...step, down: [...step.down, ...creates] } : step));
}

function dropped(change: ChangeBody): string | undefined {
  switch (change.kind) {
    case 'drop-table':
      return tableKey(change.table);
    case 'drop-column':
      return columnKey(change.table, change.column);
    case 'drop-constraint':
      return constraintKey(change.table, change.name);
    case 'drop-index':
      return indexKey(change.index, change.index.name);
    default:
      return undefined;
  }
}
