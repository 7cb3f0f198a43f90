import type { Choice } from './choices.ts';
import type { Reference, SeedColumn, SeedTable } from './tables.ts';
import { valueFor, variations } from './values.ts';

/**
 * `distinct`: no NULLs and no duplicates where a type has enough values, as well-kept data is. `any`: whatever the schema allows, so
 * NULLs in nullable columns and duplicates too. `wide`: beside these, values at the edges of types, and others than the default in
 * columns that have one.
 */
export type Data = 'distinct' | 'any' | 'wide';

/** How the rows of a table are made up. */
export interface Recipe {
  readonly table: SeedTable;
  /** Tables that have rows, by their oids. */
  readonly filled: ReadonlyMap<string, SeedTable>;
  readonly data: Data;
  readonly choices: ReadonlyMap<string, Choice>;
}

/** The statement that puts in row `row`; `given`: values of columns. Nothing where a column has to have a value and none is known. */
export function insertOf(
  { table, filled, data, choices }: Recipe,
  row: number,
  variation: number,
  given: ReadonlyMap<string, string | undefined> = new Map(),
): string | undefined {
  const names: string[] = [];
  const values: string[] = [];
  const referenced = new Map(table.references.flatMap((key) => key.columns.map((column) => [column, key] as const)));
  for (const column of table.columns) {
    const key = referenced.get(column.name);
    const choice = choices.get(column.name) ?? 0;
    const value =
      choice === 'NULL'
        ? choice
        : key === undefined
          ? // What its checks let pass comes first.
            (given.get(column.name) ?? ownValue(column, row, (variation + choice) % variations, data))
          : referencedValue(column, key, table, filled, row, variation, data);
    if (value === undefined) continue;
    if (value === null) return undefined;
    names.push(column.sql);
    values.push(value);
  }
  return names.length === 0
    ? `INSERT INTO ${table.sql} DEFAULT VALUES`
    : `INSERT INTO ${table.sql} (${names.join(', ')}) VALUES (${values.join(', ')})`;
}

/** `undefined`: the column is left to its default; `null`: there is no value. */
function ownValue(column: SeedColumn, row: number, variation: number, data: Data): string | undefined | null {
  const isOverruled = data === 'wide' && !column.unique && !column.isNumbered && row % 2 === 0;
  if (column.hasDefault && !(column.unique && variation > 0) && !isOverruled) return undefined;
  if (data !== 'distinct' && column.nullable && row % 4 === 0) return 'NULL';
  // Two rows of one value: what the schema does not forbid happens.
  const from = data !== 'distinct' && !column.unique && row % 5 === 0 ? row - 1 : row;
  return valueFor(column, from, variation) ?? (column.nullable ? undefined : null);
}

function referencedValue(
  column: SeedColumn,
  key: Reference,
  table: SeedTable,
  filled: ReadonlyMap<string, SeedTable>,
  row: number,
  variation: number,
  data: Data,
): string | undefined | null {
  const target = key.referenced[key.columns.indexOf(column.name)];
  const parent = filled.get(key.table);
  if (parent === undefined || target === undefined || (data !== 'distinct' && column.nullable && row % 4 === 0)) {
    if (column.nullable) return 'NULL';
    // A row may reference itself; a table that is still empty may not be referenced.
    const own = key.table === table.oid ? table.columns.find(({ name }) => name === target) : undefined;
    return own === undefined ? null : (valueFor(own, row, variation) ?? null);
  }
  const name = `"${target.replaceAll('"', '""')}"`;
  const order = key.referenced.map((each) => `"${each.replaceAll('"', '""')}"`).join(', ');
  return `(SELECT ${name} FROM ${parent.sql} ORDER BY ${order}
    OFFSET ${row - 1} % (SELECT count(*) FROM ${parent.sql}) LIMIT 1)`;
}
