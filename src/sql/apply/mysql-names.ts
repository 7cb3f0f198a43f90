import type { Table } from '../catalog.ts';
import type { Constraint, Index } from '../change.ts';

/**
 * What MySQL and MariaDB call a constraint without a name (MySQL manual, "CREATE TABLE Statement" and "FOREIGN KEY
 * Constraints"): numbers count within the table.
 */
export function mysqlConstraintName(table: Table, constraint: Constraint): string {
  switch (constraint.kind) {
    case 'primary-key':
      return 'PRIMARY';
    case 'unique':
      return firstColumn(table, constraint.columns[0]);
    case 'foreign-key':
      return free(table, (number) => `${table.name.name}_ibfk_${number}`);
    case 'check':
      return free(table, (number) => `${table.name.name}_chk_${number}`);
    case 'not-null':
    case 'exclusion':
      return free(table, (number) => `${table.name.name}_${constraint.kind}_${number}`);
  }
}

/** An index is named after its first column, with `_2`, `_3`, ... where that is taken. */
export function mysqlIndexName(table: Table, index: Index): string {
  return firstColumn(table, index.keys[0]?.column);
}

function firstColumn(table: Table, column = 'functional_index'): string {
  return isTaken(table, column) ? free(table, (number) => `${column}_${number + 1}`) : column;
}

function free(table: Table, name: (number: number) => string): string {
  let number = 1;
  while (isTaken(table, name(number))) number++;
  return name(number);
}

function isTaken(table: Table, name: string): boolean {
  return table.constraints.some((each) => each.name === name) || table.indexes.some((each) => each.name === name);
}
