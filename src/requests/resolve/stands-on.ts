import type { Change } from '../../sql/change.ts';
import { tokensOf } from '../../sql/lex.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';

/** The table that a change alters, where it alters one. */
export function tableIn(change: Change): ObjectName | undefined {
  if (change.kind === 'create-index') return change.index.table;
  return 'table' in change ? change.table : undefined;
}

/** The table and the columns that a change stands on, as `schema.table` and `schema.table.column`; what it makes comes last. */
export function namesOf(change: Change): readonly string[] {
  const table = tableIn(change);
  if (table === undefined) return [];
  const key = keyOf(table);
  if (change.kind === 'rename-table') return [key, keyOf({ ...table, name: change.to })];
  return [key, ...columnsIn(change).map((column) => `${key}.${column}`)];
}

function columnsIn(change: Change): readonly string[] {
  switch (change.kind) {
    case 'create-index': {
      const { keys, where } = change.index;
      return [...keys.flatMap(({ column, expression }) => column ?? wordsIn(expression)), ...wordsIn(where)];
    }
    case 'add-column':
      return [change.column.name];
    case 'rename-column':
      return [change.column, change.to];
    case 'add-constraint': {
      const { constraint, inline } = change;
      if ('columns' in constraint) return constraint.columns;
      if (constraint.kind === 'check')
        return [...wordsIn(constraint.expression), ...(inline === undefined ? [] : [inline])];
      return inline === undefined ? [] : [inline];
    }
    default:
      return 'column' in change && change.column !== undefined ? [change.column] : [];
  }
}

/** Every word of an expression that may be a column. */
function wordsIn(expression: string | undefined): readonly string[] {
  const sql = expression ?? '';
  return tokensOf(sql).flatMap(({ kind, start, end }) => {
    if (kind === 'word') return sql.slice(start, end).toLowerCase();
    return kind === 'name' ? sql.slice(start + 1, end - 1) : [];
  });
}
