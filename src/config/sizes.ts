import { keyOf, type ObjectName } from '../sql/name.ts';
import type { Database } from './config.ts';

/** The rows of a table, as far as the configuration has a hint: by its name with its schema, else by its name alone. */
export function rowsIn({ tables }: Pick<Database, 'tables'>): (table: ObjectName) => number | undefined {
  return (table) => {
    const key = [keyOf(table), table.name].find((name) => Object.hasOwn(tables, name));
    return key === undefined ? undefined : tables[key]?.rows;
  };
}
