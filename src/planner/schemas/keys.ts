import { keyOf, type ObjectName } from '../../sql/name.ts';

/** The keys by which a description knows the parts of tables. */
export const tableKey = (table: ObjectName): string => `table ${keyOf(table)}`;
export const columnKey = (table: ObjectName, column: string): string => `column ${keyOf(table)}.${column}`;
export const constraintKey = (table: ObjectName, constraint: string): string =>
  `constraint ${keyOf(table)}.${constraint}`;
/** An index stands in the schema of its table. */
export const indexKey = (table: ObjectName, index: string): string => `index ${keyOf({ ...table, name: index })}`;
export const attachmentKey = (table: ObjectName): string => `attachment of ${tableKey(table)}`;
export const enumKey = (key: string): string => `enum ${key}`;

/** The token of an object that has been dropped. */
export const gone = (key: string): string => `gone ${key}`;

/** The token of a column that has its new type. */
export const typed = (key: string): string => `typed ${key}`;
/** The token of a column whose default has been taken away, so that its type can change. */
export const undefaulted = (key: string): string => `undefaulted ${key}`;

/** The name that a key of the catalog says: its schema stands before the first dot. */
export function nameOf(key: string): Required<ObjectName> {
  const dot = key.indexOf('.');
  return { schema: key.slice(0, dot), name: key.slice(dot + 1) };
}
