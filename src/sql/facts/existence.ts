import type { Catalog } from '../catalog.ts';
import { defaultSchema, keyOf, type ObjectName } from '../name.ts';
import { elementOf, namedBy } from '../type-text.ts';

/** Schemas of PostgreSQL itself, and those that hosting platforms keep in every database. */
const given: ReadonlySet<string> = new Set([
  'pg_catalog',
  'information_schema',
  'pg_temp',
  'pg_toast',
  'auth',
  'storage',
  'realtime',
  'extensions',
  'vault',
  'graphql',
  'graphql_public',
]);

/** Extensions that bring no tables, views, indexes or schemas: types, functions and operators at most. */
const withoutRelations: ReadonlySet<string> = new Set([
  'bloom',
  'btree_gin',
  'btree_gist',
  'citext',
  'cube',
  'dict_int',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'ltree',
  'pg_trgm',
  'pgcrypto',
  'plpgsql',
  'seg',
  'unaccent',
  'uuid-ossp',
  'vector',
]);

/** Whether some of what exists cannot be known, because an extension brought it. */
export function hasUnknownRelations({ extensions }: Catalog): boolean {
  for (const extension of extensions) if (!withoutRelations.has(extension)) return true;
  return false;
}

/** Whether a schema exists, as far as the catalog knows: also by what stands in it. */
export function schemaExists(schema: string | undefined, catalog: Catalog): boolean {
  if (schema === undefined || catalog.schemas.has(schema) || given.has(schema)) return true;
  if (schema.startsWith('pg_temp') || hasUnknownRelations(catalog)) return true;
  for (const { name } of catalog.tables.values()) if (name.schema === schema) return true;
  return false;
}

/** Whether a table or view of that name exists. A name without a schema may be in any: the search path is not ours to know. */
export function relationExists(name: ObjectName, catalog: Catalog): boolean {
  const key = keyOf(name);
  if (catalog.tables.has(key) || catalog.views.has(key) || catalog.temporary?.has(key) === true) return true;
  if (isGiven(name) || hasUnknownRelations(catalog)) return true;
  return isElsewhere(name, catalog.tables.values()) || isElsewhere(name, catalog.views.values());
}

/** The same for an index, a constraint's own included. */
export function indexExists(name: ObjectName, catalog: Catalog): boolean {
  const { owners } = catalog;
  // Without the list, the tables would have to be gone through for each question.
  if (owners === undefined || owners.has(keyOf(name)) || isGiven(name) || hasUnknownRelations(catalog)) return true;
  if (name.schema !== undefined && name.schema !== defaultSchema) return false;
  const suffix = `.${name.name}`;
  for (const key of owners.keys()) if (key.endsWith(suffix)) return true;
  return false;
}

/** Whether there is a function or procedure of that name, with whatever arguments; those of extensions are not known. */
export function functionExists(name: ObjectName, catalog: Catalog): boolean {
  if (catalog.functions.has(keyOf(name)) || isGiven(name) || catalog.extensions.size > 0) return true;
  if (/^(?:suppress_redundant_updates|tsvector_update|lo_manage|unique_key_recheck|RI_FKey)/.test(name.name))
    return true;
  if (!mayBeInPath(name)) return false;
  const suffix = `.${name.name}`;
  for (const key of catalog.functions.keys()) if (key.endsWith(suffix)) return true;
  return false;
}

export function sequenceExists(name: ObjectName, catalog: Catalog): boolean {
  if (catalog.sequences.has(keyOf(name)) || isGiven(name) || hasUnknownRelations(catalog)) return true;
  if (isElsewhere(name, catalog.sequences.values())) return true;
  // Those of serial and identity columns are named after their column (PostgreSQL source, ChooseRelationName).
  for (const { columns, name: table } of catalog.tables.values()) {
    if (!name.name.startsWith(table.name.slice(0, 20))) continue;
    if (columns.some((column) => column.identity !== undefined)) return true;
  }
  return false;
}

/** Whether there is an enum, domain or composite type of that name, or a relation, whose rows are a type. */
export function ownTypeExists(name: ObjectName, catalog: Catalog): boolean {
  const key = keyOf(name);
  if (catalog.enums.has(key) || catalog.domains.has(key) || catalog.composites.has(key)) return true;
  if (isGiven(name)) return true;
  const isIn = (types: ReadonlyMap<string, unknown>) => {
    const suffix = `.${name.name}`;
    for (const each of types.keys()) if (each.endsWith(suffix)) return true;
    return false;
  };
  if (mayBeInPath(name) && (isIn(catalog.enums) || isIn(catalog.domains) || isIn(catalog.composites))) return true;
  return catalog.tables.has(key) || catalog.views.has(key);
}

/** Whether a column can have that type, given in canonical spelling. Any extension may have brought one. */
export function typeExists(type: string, catalog: Catalog): boolean {
  const base = elementOf(type);
  if (builtIn.has(base) || base.startsWith('interval') || base.includes('%')) return true;
  return catalog.extensions.size > 0 || ownTypeExists(namedBy(base), catalog);
}

function isGiven({ schema, name }: ObjectName): boolean {
  if (schema === undefined) return name.startsWith('pg_') || name.startsWith('sql_');
  return given.has(schema) || schema.startsWith('pg_temp');
}

function mayBeInPath({ schema }: ObjectName): boolean {
  return schema === undefined;
}

function isElsewhere(name: ObjectName, known: Iterable<{ readonly name: ObjectName }>): boolean {
  if (!mayBeInPath(name)) return false;
  for (const each of known) if (each.name.name === name.name) return true;
  return false;
}

/** Every type that PostgreSQL 12 to 18 has for columns, in canonical spelling (manual, "Data Types"). */
const builtIn: ReadonlySet<string> = new Set([
  ...`bigint bit boolean box bytea character bpchar cidr circle date inet integer json jsonb jsonpath line lseg macaddr macaddr8
  money name numeric oid path pg_lsn pg_snapshot point polygon real smallint text tsquery tsvector txid_snapshot uuid xml "char"
  int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange
  datemultirange regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole
  regtype xid xid8 cid tid oidvector int2vector refcursor aclitem`.split(/\s+/),
  'bit varying',
  'character varying',
  'double precision',
  'time without time zone',
  'time with time zone',
  'timestamp without time zone',
  'timestamp with time zone',
]);
