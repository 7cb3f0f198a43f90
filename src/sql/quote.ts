import type { Engine } from './engine.ts';
import type { ObjectName } from './name.ts';

/**
 * PostgreSQL's keywords that cannot stand as a column or table name everywhere: the manual's appendix "SQL Key Words",
 * those marked reserved or "cannot be function or type name".
 */
const reserved: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char
   character check coalesce collate collation column concurrently constraint create cross current_catalog current_date
   current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do
   else end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike
   in initially inner inout int integer intersect interval into is isnull join json json_array json_arrayagg json_exists
   json_object json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading least left like
   limit localtime localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset
   on only or order out outer overlaps overlay placing position precision primary real references returning right row
   select session_user setof similar smallint some substring symmetric system_user table tablesample then time timestamp to
   trailing treat trim true union unique user using values varchar variadic verbose when where window with xmlattributes
   xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
);

/**
 * The identifier as SQL text, quoted only where it must be. MySQL and MariaDB are always quoted: their keywords differ from
 * version to version. Throws on a NUL character, which no engine can hold in a name.
 */
export function quoteIdentifier(name: string, engine: Engine = 'postgresql'): string {
  if (name.includes('\0')) throw new Error('an identifier cannot contain a NUL character');
  if (engine === 'mysql' || engine === 'mariadb') return `\`${name.replaceAll('`', '``')}\``;
  if (/^[a-z_][a-z0-9_$]*$/.test(name) && !reserved.has(name)) return name;
  return `"${name.replaceAll('"', '""')}"`;
}

/** A possibly qualified name as SQL text. */
export function quoteName({ schema, name }: ObjectName, engine: Engine = 'postgresql'): string {
  const last = quoteIdentifier(name, engine);
  return schema === undefined ? last : `${quoteIdentifier(schema, engine)}.${last}`;
}

/**
 * The text as an SQL string literal. Backslashes make it an escape string in PostgreSQL, because what they mean in a plain
 * one depends on `standard_conforming_strings`; in MySQL they are doubled (its default SQL mode reads them as escapes).
 */
export function quoteLiteral(value: string, engine: Engine = 'postgresql'): string {
  if (value.includes('\0')) throw new Error('a literal cannot contain a NUL character');
  const quoted = `'${value.replaceAll("'", "''")}'`;
  if (!value.includes('\\')) return quoted;
  if (engine === 'sqlite') return quoted;
  const doubled = quoted.replaceAll('\\', '\\\\');
  return engine === 'postgresql' ? `E${doubled}` : doubled;
}
