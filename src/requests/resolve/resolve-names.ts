import { columnOf, type Table, tableOf } from '../../sql/catalog.ts';
import type { Change, Constraint } from '../../sql/change.ts';
import type { ObjectName } from '../../sql/name.ts';
import type { Desk } from './desk.ts';
import { theColumn, theTable } from './names.ts';
import { tableIn } from './stands-on.ts';

/**
 * The change with every table and column that must exist looked up; names that do not exist are asked about. `undefined`
 * while a question is open. A table whose columns are not all known is taken at its word.
 */
export function resolveNames(desk: Desk, change: Change): Change | undefined {
  const written = tableIn(change);
  if (written === undefined || change.kind === 'create-table' || change.kind === 'drop-index')
    return withTargets(desk, change);
  const table = exactOrAsked(desk, written);
  if (table === undefined) return undefined;
  const located = withTable(change, table.name);
  const columns = withColumns(desk, located, table);
  return columns === undefined ? undefined : withTargets(desk, columns);
}

/** What SQL names without a schema is on the search path, even where another schema has a table of that name. */
function exactOrAsked(desk: Desk, name: ObjectName): Table | undefined {
  const exact = tableOf(desk.catalog(), name);
  if (exact !== undefined) {
    desk.touch(exact.name);
    return exact;
  }
  return theTable(desk, name.schema === undefined ? name.name : `${name.schema}.${name.name}`);
}

function withTable(change: Change, table: ObjectName): Change {
  if (change.kind === 'create-index') return { ...change, index: { ...change.index, table } };
  return 'table' in change ? { ...change, table } : change;
}

function withColumns(desk: Desk, change: Change, table: Table): Change | undefined {
  const known = (name: string) =>
    table.open || columnOf(table, name) !== undefined ? name : theColumn(desk, table, name)?.name;
  switch (change.kind) {
    case 'drop-column':
    case 'drop-not-null':
    case 'drop-default':
    case 'set-not-null':
    case 'set-default':
    case 'rename-column':
    case 'change-column-type': {
      if (change.kind === 'drop-column' && change.ifExists && columnOf(table, change.column) === undefined)
        return change;
      const column = known(change.column);
      return column === undefined ? undefined : { ...change, column };
    }
    case 'create-index': {
      const keys = change.index.keys.map((key) =>
        key.column === undefined ? key : { ...key, column: known(key.column) },
      );
      if (keys.some((key) => 'column' in key && key.column === undefined)) return undefined;
      return { ...change, index: { ...change.index, keys: keys as typeof change.index.keys } };
    }
    case 'add-constraint': {
      // An inline constraint is about the column that its statement adds.
      if (change.inline !== undefined || !('columns' in change.constraint)) return change;
      const columns = change.constraint.columns.map(known);
      if (columns.includes(undefined)) return undefined;
      return { ...change, constraint: { ...change.constraint, columns: columns as string[] } };
    }
    default:
      return change;
  }
}

/** The tables and columns that foreign keys point to. */
function withTargets(desk: Desk, change: Change): Change | undefined {
  if (change.kind === 'add-constraint') {
    const constraint = withTarget(desk, change.constraint, change.table);
    return constraint === undefined ? undefined : { ...change, constraint };
  }
  if (change.kind !== 'create-table') return change;
  const constraints = change.constraints.map((constraint) => withTarget(desk, constraint, change.table));
  return constraints.includes(undefined) ? undefined : { ...change, constraints: constraints as Constraint[] };
}

function withTarget(desk: Desk, constraint: Constraint, own: ObjectName): Constraint | undefined {
  if (constraint.kind !== 'foreign-key') return constraint;
  if (constraint.references.name === own.name) return constraint;
  const target = exactOrAsked(desk, constraint.references);
  if (target === undefined) return undefined;
  const columns = constraint.referencedColumns.map(
    (name) => columnOf(target, name)?.name ?? theColumn(desk, target, name)?.name,
  );
  if (columns.includes(undefined)) return undefined;
  return { ...constraint, references: target.name, referencedColumns: columns as string[] };
}
