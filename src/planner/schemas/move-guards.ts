import { columnsIn } from '../../sql/apply/mentions.ts';
import { withRenamedColumn } from '../../sql/apply/table-edits.ts';
import type { Table } from '../../sql/catalog.ts';
import type { Constraint, Index } from '../../sql/change.ts';
import type { Description } from '../../sql/description.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import type { Answers } from './answers.ts';
import { type ColumnMove, movesBetween } from './moves.ts';

/** What rows must satisfy so that their values can move: of one table, before the plan. */
export type Demand =
  | { readonly kind: 'constraint'; readonly table: ObjectName; readonly constraint: Constraint }
  | { readonly kind: 'index'; readonly index: Index }
  | { readonly kind: 'required'; readonly table: ObjectName; readonly column: string };

/** What the table where columns go asks of them, asked of the one that they leave; and that rows have a row to which they belong. */
export function demandsOfMoves(current: Description, desired: Description, answers: Answers): readonly Demand[] {
  const { tables } = current.catalog;
  // Taking it away again must not take away what was there.
  const isNullable = (demand: Demand) =>
    demand.kind !== 'required' ||
    tables.get(keyOf(demand.table))?.columns.some(({ name, nullable }) => nullable && name === demand.column) === true;
  return movesBetween(current.catalog, desired.catalog, answers)
    .flatMap((move) => [...(move.isNew ? insteadOfRequired(move) : belonging(move)), ...asked(move)])
    .filter(isNullable);
}

/** A row that holds something holds what is required, or no row could be made of it. */
function insteadOfRequired({ source, columns }: ColumnMove): readonly Demand[] {
  const holds = columns.map(({ from }) => `${quoteIdentifier(from.name)} IS NOT NULL`).join(' OR ');
  return columns
    .filter(({ from, to }) => from.nullable && !to.nullable)
    .map(({ from }) => ({
      kind: 'constraint',
      table: source.name,
      constraint: {
        kind: 'check',
        expression: `${quoteIdentifier(from.name)} IS NOT NULL OR NOT (${holds})`,
        validated: true,
      },
    }));
}

function belonging({ source, target, link, columns }: ColumnMove): readonly Demand[] {
  const linked =
    link.refers === 'source'
      ? link.pairs.map((pair) => ({ table: source.name, column: pair.source }))
      : link.pairs.map((pair) => ({ table: target.name, column: pair.target }));
  const required = columns.flatMap(({ from, to }) => (to.nullable ? [] : [{ table: source.name, column: from.name }]));
  return [...linked, ...required].map((each) => ({ kind: 'required', ...each }));
}

/** Keys and checks over nothing but columns that move, under the names that these have now. */
function asked({ source, target, columns }: ColumnMove): readonly Demand[] {
  const moved = new Set(columns.map(({ to }) => to.name));
  let here: Table = { ...target, name: source.name };
  for (const { from, to } of columns) if (from.name !== to.name) here = withRenamedColumn(here, to.name, from.name);
  const isMoved = (list: readonly string[]) => list.length > 0 && list.every((name) => moved.has(name));
  const constraints = target.constraints.flatMap((constraint, at): readonly Demand[] => {
    const own = here.constraints[at];
    if (own === undefined) return [];
    const isKey = constraint.kind === 'unique' && isMoved(constraint.columns);
    // A check may read other columns too: one that is not there makes the guard go away when it is tried.
    const isAsked = constraint.kind === 'check' && columnsIn(constraint.expression, [...moved]).length > 0;
    return isKey || isAsked ? [{ kind: 'constraint', table: source.name, constraint: own }] : [];
  });
  const indexes = target.indexes.flatMap((index, at): readonly Demand[] => {
    const own = here.indexes[at];
    const isAsked = index.unique && isMoved(index.keys.map(({ column = '' }) => column));
    return own !== undefined && isAsked ? [{ kind: 'index', index: { ...own, table: source.name } }] : [];
  });
  return [...constraints, ...indexes];
}
