import type { Catalog } from '../sql/catalog.ts';
import type { Column, Constraint, Expression, Index } from '../sql/change.ts';
import { defaultSchema, display, type ObjectName } from '../sql/name.ts';
import { quoteIdentifier, quoteLiteral, quoteName } from '../sql/quote.ts';
import { isLiteral } from './expression.ts';
import type { Criterion } from './plan.ts';

/**
 * Criteria ask the system catalogs (the manual, "System Catalogs") or the rows. Each is one SELECT of one boolean. Those that
 * ask the catalogs are false, never NULL or an error, while the thing is missing; those that ask the rows need the table.
 * Every name and value is quoted.
 */
function criterion(text: string, condition: string): Criterion {
  return { text, sql: `SELECT ${condition}` };
}

/** The relation as an OID, NULL where it does not exist. Always qualified, whatever the search path is. */
function relation(name: ObjectName): string {
  return `to_regclass(${quoteLiteral(quoteName({ schema: name.schema ?? defaultSchema, name: name.name }))})`;
}

function textArray(values: readonly string[]): string {
  return `ARRAY[${values.map((value) => quoteLiteral(value)).join(', ')}]::text[]`;
}

const attribute = (table: ObjectName, column: string) =>
  `FROM pg_catalog.pg_attribute a WHERE a.attrelid = ${relation(table)} AND a.attname = ${quoteLiteral(column)} AND NOT a.attisdropped`;

export function tableExists(table: ObjectName, columns: readonly string[]): Criterion {
  const present = `ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = ${relation(table)} AND NOT a.attisdropped)`;
  const exists = `${relation(table)} IS NOT NULL`;
  if (columns.length === 0) return criterion(`Table ${display(table)} exists`, exists);
  return criterion(
    `Table ${display(table)} exists with the columns ${columns.join(', ')}`,
    `${exists} AND ${present} @> ${textArray(columns)}`,
  );
}

export function relationIsGone(name: ObjectName, what: 'Table' | 'Index' | 'View'): Criterion {
  return criterion(`${what} ${display(name)} no longer exists`, `${relation(name)} IS NULL`);
}

/** An enum of the catalog is compared by identity, because its printed name depends on the search path. */
export function columnExists(table: ObjectName, column: Column, catalog: Catalog): Criterion {
  const ownType = catalog.enums.has(column.type) || catalog.enums.has(`${defaultSchema}.${column.type}`);
  const type = ownType
    ? `a.atttypid = to_regtype(${quoteLiteral(column.type)})`
    : `format_type(a.atttypid, a.atttypmod) = ${quoteLiteral(column.type)}`;
  const text = `Column ${display(table)}.${column.name} exists with type ${column.type}`;
  return criterion(text, `EXISTS (SELECT ${attribute(table, column.name)} AND ${type})`);
}

export function columnIsGone(table: ObjectName, column: string): Criterion {
  const text = `Column ${display(table)}.${column} no longer exists`;
  return criterion(text, `${relation(table)} IS NOT NULL AND NOT EXISTS (SELECT ${attribute(table, column)})`);
}

export function columnIsRequired(table: ObjectName, column: string, required: boolean): Criterion {
  const text = `Column ${display(table)}.${column} ${required ? 'is NOT NULL' : 'accepts NULL'}`;
  return criterion(text, `EXISTS (SELECT ${attribute(table, column)} AND ${required ? '' : 'NOT '}a.attnotnull)`);
}

/** Literals are compared without their casts; of other expressions, which the engine rewrites, only the presence is known. */
export function columnHasDefault(table: ObjectName, column: string, value: Expression | undefined): Criterion {
  const stored = `FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = ${relation(table)} AND a.attname = ${quoteLiteral(column)}`;
  const name = `Column ${display(table)}.${column}`;
  if (value === undefined)
    return criterion(
      `${name} has no default`,
      `EXISTS (SELECT ${attribute(table, column)}) AND NOT EXISTS (SELECT ${stored})`,
    );
  if (!isLiteral(value.sql)) return criterion(`${name} has a default`, `EXISTS (SELECT ${stored})`);
  const bare = (sql: string) => `btrim(regexp_replace(${sql}, '::[^'']*$', ''), '''() ')`;
  const same = `${bare('pg_catalog.pg_get_expr(d.adbin, d.adrelid)')} = ${bare(quoteLiteral(value.sql))}`;
  return criterion(`${name} has the default ${value.sql}`, `EXISTS (SELECT ${stored} AND ${same})`);
}

/** The index may be invalid still. */
export function indexExists(index: Index & { readonly name: string }): Criterion {
  const name = relation({ ...index.table, name: index.name });
  return criterion(
    `Index ${index.name} on ${display(index.table)} exists`,
    `EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indexrelid = ${name} AND i.indrelid = ${relation(index.table)})`,
  );
}

/** The index of a partition belongs to that of the partitioned table. */
export function indexIsAttached(index: ObjectName, above: ObjectName): Criterion {
  return criterion(
    `Index ${display(index)} is attached to ${display(above)}`,
    `EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = ${relation(index)} AND i.inhparent = ${relation(above)})`,
  );
}

export function partitionIs(table: ObjectName, partition: ObjectName, attached: boolean): Criterion {
  const found = `EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = ${relation(partition)} AND i.inhparent = ${relation(table)})`;
  return criterion(
    `Table ${display(partition)} is ${attached ? 'a' : 'no'} partition of ${display(table)}`,
    attached ? found : `NOT ${found}`,
  );
}

export function indexIsValid(index: Index & { readonly name: string }): Criterion {
  const keys = index.keys.map(({ column }) => column ?? '');
  const key =
    "ARRAY(SELECT coalesce(a.attname::text, '') FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, n) LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum <> 0 WHERE k.n <= i.indnkeyatts ORDER BY k.n)";
  const name = relation({ ...index.table, name: index.name });
  const text = `${index.unique ? 'Unique index' : 'Index'} ${index.name} on ${display(index.table)} (${index.keys.map(({ column, expression }) => column ?? expression).join(', ')}) exists and is valid`;
  const is = `i.indexrelid = ${name} AND i.indrelid = ${relation(index.table)} AND i.indisvalid AND i.indisready AND ${index.unique ? '' : 'NOT '}i.indisunique`;
  return criterion(text, `EXISTS (SELECT FROM pg_catalog.pg_index i WHERE ${is} AND ${key} = ${textArray(keys)})`);
}

const contypes = {
  'primary-key': 'p',
  unique: 'u',
  check: 'c',
  'foreign-key': 'f',
  'not-null': 'n',
  exclusion: 'x',
} as const;

/** `validated: false` asks only that new rows are checked. */
export function constraintExists(
  table: ObjectName,
  constraint: Constraint & { readonly name: string },
  validated: boolean,
): Criterion {
  const columns = 'columns' in constraint ? constraint.columns : [];
  const own = `ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, n) JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum ORDER BY k.n)`;
  const conditions = [
    `c.conrelid = ${relation(table)}`,
    `c.conname = ${quoteLiteral(constraint.name)}`,
    `c.contype = '${contypes[constraint.kind]}'`,
    ...(columns.length > 0 ? [`${own} = ${textArray(columns)}`] : []),
    ...(constraint.kind === 'foreign-key' ? [`c.confrelid = ${relation(constraint.references)}`] : []),
    ...(validated ? ['c.convalidated'] : []),
  ];
  const about = columns.length > 0 ? ` on (${columns.join(', ')})` : '';
  const target = constraint.kind === 'foreign-key' ? ` to ${display(constraint.references)}` : '';
  const state = validated ? 'exists and holds for every row' : 'exists and is checked for new rows';
  const text = `The ${constraint.kind.replace('-', ' ')} ${constraint.name} of ${display(table)}${about}${target} ${state}`;
  return criterion(text, `EXISTS (SELECT FROM pg_catalog.pg_constraint c WHERE ${conditions.join(' AND ')})`);
}

export function constraintIsGone(table: ObjectName, name: string): Criterion {
  const found = `SELECT FROM pg_catalog.pg_constraint c WHERE c.conrelid = ${relation(table)} AND c.conname = ${quoteLiteral(name)}`;
  return criterion(
    `Constraint ${name} of ${display(table)} no longer exists`,
    `${relation(table)} IS NOT NULL AND NOT EXISTS (${found})`,
  );
}

/** A rule over the rows: no row of the table meets the condition, which must have been checked to be one expression. */
export function noRow(table: ObjectName, condition: string, text: string): Criterion {
  return criterion(
    text,
    `NOT EXISTS (SELECT FROM ${quoteName({ schema: table.schema ?? defaultSchema, name: table.name })} WHERE ${condition})`,
  );
}

/** No two rows agree in the columns; rows with a NULL in them do not count, unless the constraint says NULLS NOT DISTINCT. */
export function noDuplicates(table: ObjectName, columns: readonly string[], nullsDistinct = true): Criterion {
  const list = columns.map((column) => quoteIdentifier(column));
  const from = quoteName({ schema: table.schema ?? defaultSchema, name: table.name });
  const where = nullsDistinct ? ` WHERE ${list.map((column) => `${column} IS NOT NULL`).join(' AND ')}` : '';
  const found = `SELECT FROM ${from}${where} GROUP BY ${list.join(', ')} HAVING count(*) > 1`;
  return criterion(`No two rows of ${display(table)} have the same ${columns.join(', ')}`, `NOT EXISTS (${found})`);
}

export function schemaExists(schema: string): Criterion {
  return criterion(`Schema ${schema} exists`, `to_regnamespace(${quoteLiteral(quoteIdentifier(schema))}) IS NOT NULL`);
}

export function extensionExists(extension: string): Criterion {
  return criterion(
    `Extension ${extension} is installed`,
    `EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = ${quoteLiteral(extension)})`,
  );
}

export function enumHas(type: ObjectName, values: readonly string[]): Criterion {
  const oid = `to_regtype(${quoteLiteral(quoteName({ schema: type.schema ?? defaultSchema, name: type.name }))})`;
  const present = `ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = ${oid})`;
  return criterion(
    `Type ${display(type)} has the values ${values.join(', ')}`,
    `${oid} IS NOT NULL AND ${present} @> ${textArray(values)}`,
  );
}

/** Exactly these values, in this order. */
export function enumIs(type: ObjectName, values: readonly string[]): Criterion {
  const oid = `to_regtype(${quoteLiteral(quoteName({ schema: type.schema ?? defaultSchema, name: type.name }))})`;
  const present = `ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = ${oid} ORDER BY e.enumsortorder)`;
  return criterion(
    `Type ${display(type)} has the values ${values.join(', ')} and no other`,
    `${oid} IS NOT NULL AND ${present} = ${textArray(values)}`,
  );
}

export function commentIs(table: ObjectName, column: string | undefined, comment: string | null): Criterion {
  const name = column === undefined ? `table ${display(table)}` : `column ${display(table)}.${column}`;
  const stored =
    column === undefined
      ? `obj_description(${relation(table)}, 'pg_class')`
      : `(SELECT col_description(a.attrelid, a.attnum) ${attribute(table, column)})`;
  const text = comment === null ? `The ${name} has no comment` : `The comment on ${name} says: ${comment}`;
  return criterion(text, `${stored} IS NOT DISTINCT FROM ${comment === null ? 'NULL' : quoteLiteral(comment)}`);
}

/**
 * What a switch of columns would not take along: publications, privileges on the column, a replica identity; and where a plan
 * is not made from whole schemas, what tables do not show: views and policies, triggers on the column, extended statistics.
 */
export function nothingElseUses(table: ObjectName, column: string, wholeSchema: boolean): Criterion {
  const shown = ['pg_rewrite', 'pg_policy', 'pg_trigger', 'pg_statistic_ext'];
  const classes = ['pg_publication_rel', ...(wholeSchema ? [] : shown)];
  const list = classes.map((each) => `'pg_catalog.${each}'::regclass`).join(', ');
  const depends = `EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.classid IN (${list}))`;
  const identifies =
    'EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid AND i.indisreplident AND a.attnum = ANY (i.indkey))';
  return criterion(
    `No ${wholeSchema ? '' : 'view, policy, trigger, statistics object, '}publication, grant or replica identity names ${display(table)}.${column}`,
    `NOT EXISTS (SELECT ${attribute(table, column)} AND (a.attacl IS NOT NULL OR ${depends} OR ${identifies}))`,
  );
}

export function tableIsLogged(table: ObjectName, logged: boolean): Criterion {
  return criterion(
    `Table ${display(table)} ${logged ? 'survives' : 'need not survive'} a crash`,
    `EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = ${relation(table)} AND c.relpersistence = '${logged ? 'p' : 'u'}')`,
  );
}

/** `identity` as `pg_attribute` has it: `a` (always), `d` (by default), or nothing. */
export function columnIsIdentity(table: ObjectName, column: string, identity: 'a' | 'd' | ''): Criterion {
  return criterion(
    `Column ${display(table)}.${column} ${identity === '' ? 'does not number' : 'numbers'} its rows by itself`,
    `EXISTS (SELECT ${attribute(table, column)} AND a.attidentity = '${identity}')`,
  );
}

export function columnIsPlain(table: ObjectName, column: string): Criterion {
  return criterion(
    `Column ${display(table)}.${column} is written by the application`,
    `EXISTS (SELECT ${attribute(table, column)} AND a.attgenerated = '')`,
  );
}

/** The engine spells an expression in its own way, so it is only known that it is no more the one of before. */
export function columnIsGeneratedAnew(table: ObjectName, column: string, before: string): Criterion {
  const stored = `(SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum)`;
  const bare = (sql: string) => `regexp_replace(${sql}, '[[:space:]()]', '', 'g')`;
  return criterion(
    `Column ${display(table)}.${column} is no more computed as ${before}`,
    `EXISTS (SELECT ${attribute(table, column)} AND a.attgenerated <> '' AND ${bare(stored)} <> ${bare(quoteLiteral(before))})`,
  );
}
