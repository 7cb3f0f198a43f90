import { columnOf, type Table, tableOf } from '../../../sql/catalog.ts';
import type { Change, ChangeBody, Column } from '../../../sql/change.ts';
import { looseText } from '../../../sql/facts/loose-text.ts';
import { display } from '../../../sql/name.ts';
import { consider, settle } from '../consider.ts';
import type { Desk } from '../desk.ts';

/** The columns that are new, and what is different of the others; `fresh`: those that cannot be told to be new yet. */
export function bringColumns(
  desk: Desk,
  shown: Table,
  after: Table,
  fresh: ReadonlySet<string>,
  span: Change['span'],
): undefined {
  for (const column of after.columns) {
    const present = columnOf(shown, column.name);
    if (fresh.has(column.name)) continue;
    if (present === undefined) {
      const { comment: _comment, ...bare } = column;
      consider(desk, { kind: 'add-column', table: after.name, column: bare, ifNotExists: false, span });
      continue;
    }
    for (const change of differences(after, present, column)) {
      // What a key is made of is required, whether a text shows the key or not.
      if (change.kind !== 'drop-not-null' || !isInKey(desk, after, column)) consider(desk, { ...change, span });
    }
    if (present.type === column.type && present.collation !== column.collation) {
      const { collation } = column;
      const change = { kind: 'change-column-type', table: after.name, column: column.name, type: column.type } as const;
      settle(desk, { ...change, ...(collation === undefined ? {} : { collation }), span });
    }
    const beyond = notPlanned(present, column);
    if (beyond !== undefined) desk.giveUp(`\`${display(after.name)}.${column.name}\`: ${beyond}.`);
  }
}

function differences({ name: table }: Table, present: Column, wanted: Column): readonly ChangeBody[] {
  const at = { table, column: wanted.name };
  const found: ChangeBody[] = [];
  if (present.generated !== undefined && wanted.generated === undefined)
    found.push({ kind: 'drop-expression', ...at, ifExists: false });
  if (wanted.generated !== undefined && present.generated !== undefined) {
    const { expression } = wanted.generated;
    if (looseText(expression) !== looseText(present.generated.expression))
      found.push({ kind: 'set-expression', ...at, expression });
  }
  if (present.type !== wanted.type) {
    const { type, collation } = wanted;
    found.push({ kind: 'change-column-type', ...at, type, ...(collation === undefined ? {} : { collation }) });
  }
  if (isIdentity(present) && wanted.identity === undefined)
    found.push({ kind: 'drop-identity', ...at, ifExists: false });
  if (present.identity === wanted.identity && looseText(present.default?.sql) !== looseText(wanted.default?.sql)) {
    found.push(
      wanted.default === undefined
        ? { kind: 'drop-default', ...at }
        : { kind: 'set-default', ...at, default: wanted.default },
    );
  }
  if (present.nullable !== wanted.nullable)
    found.push({ kind: wanted.nullable ? 'drop-not-null' : 'set-not-null', ...at });
  if (present.identity === undefined && wanted.identity !== undefined && isIdentity(wanted))
    found.push({ kind: 'add-identity', ...at, identity: wanted.identity });
  return found;
}

function isInKey(desk: Desk, { name: table }: Table, { name }: Column): boolean {
  const constraints = tableOf(desk.catalog(), table)?.constraints ?? [];
  return constraints.some((constraint) => constraint.kind === 'primary-key' && constraint.columns.includes(name));
}

function isIdentity({ identity }: Column): boolean {
  return identity === 'always' || identity === 'by-default';
}

/** What cannot be planned between two columns, as a sentence without its full stop. */
function notPlanned(present: Column, wanted: Column): string | undefined {
  if (present.generated === undefined && wanted.generated !== undefined)
    return 'a column that exists cannot become one that is computed; add another one';
  if (present.identity === wanted.identity) return undefined;
  const isPlanned =
    (present.identity === undefined || isIdentity(present)) && (wanted.identity === undefined || isIdentity(wanted));
  if (isPlanned && (present.identity === undefined || wanted.identity === undefined)) return undefined;
  const how = ({ identity }: Column) => identity ?? 'not at all';
  return `how the database numbers its rows is not planned to change (now: ${how(present)}; in the text: ${how(wanted)})`;
}
