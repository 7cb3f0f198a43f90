import type { Table } from '../../sql/catalog.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import { quoteLiteral, quoteName } from '../../sql/quote.ts';
import type { Session } from '../session.ts';

/** What stands in each of these tables, as one text a table by its key: equal texts, equal rows, whatever the order of rows and columns. */
export async function fingerprints(
  session: Session,
  tables: readonly Table[],
  /** Columns that do not count, as `schema.table.column`. */
  except: ReadonlySet<string> = new Set(),
): Promise<ReadonlyMap<string, string>> {
  const own = tables.filter(({ foreign, partitionOf }) => foreign !== true && partitionOf === undefined);
  if (own.length === 0) return new Map();
  const queries = own.map(({ name, columns }) => {
    const left = columns.map((column) => column.name).filter((column) => except.has(`${keyOf(name)}.${column}`));
    return fingerprint(name, left);
  });
  const rows = await session.inspect(queries.join('\nUNION ALL\n'));
  return new Map(rows.map(({ key, print }) => [String(key), String(print)]));
}

function fingerprint(table: ObjectName, left: readonly string[]): string {
  const row = left.reduce((sql, column) => `${sql} - ${quoteLiteral(column)}`, 'to_jsonb(t)');
  const digest = `md5((${row})::text)`;
  return `SELECT ${quoteLiteral(keyOf(table))} AS key,
    count(*) || ' ' || coalesce(md5(string_agg(${digest}, '' ORDER BY ${digest})), '') AS print FROM ${quoteName(table)} t`;
}
