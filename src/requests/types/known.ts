import type { Engine } from '../../sql/engine.ts';

/** Built-in types by every spelling that the engines accept in DDL (PostgreSQL manual, "Data Types"; MySQL, "Data Types"). */
const postgresql = `bigint int8 bigserial serial8 bit varbit boolean bool box bytea character char varchar cidr circle date double
  float float4 float8 real inet integer int int4 interval json jsonb jsonpath line lseg macaddr macaddr8 money numeric decimal
  path oid pg_lsn point polygon smallint int2 smallserial serial2 serial serial4 text time timetz timestamp timestamptz tsquery
  tsvector uuid xml int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange
  tsmultirange tstzmultirange datemultirange regclass bpchar national nchar`;
const mysql = `bigint int integer smallint mediumint tinyint bit bool boolean decimal numeric dec fixed float double real date time
  datetime timestamp year char varchar binary varbinary tinytext text mediumtext longtext tinyblob blob mediumblob longblob json
  enum set geometry point linestring polygon national nchar nvarchar serial`;
const mariadb = `${mysql} uuid inet4 inet6`;
const sqlite = `integer int real text blob numeric bigint smallint boolean date datetime timestamp varchar character char decimal
  float double json jsonb`;

/** Types that extensions bring (PostgreSQL manual, "Additional Supplied Modules"; PostGIS; pgvector). */
const extensions: Readonly<Record<string, readonly string[]>> = {
  citext: ['citext'],
  hstore: ['hstore'],
  ltree: ['ltree', 'lquery', 'ltxtquery'],
  cube: ['cube'],
  vector: ['vector', 'halfvec', 'sparsevec'],
  postgis: ['geometry', 'geography', 'box2d', 'box3d', 'raster'],
};

const byEngine: Readonly<Record<Engine, ReadonlySet<string>>> = {
  postgresql: new Set(postgresql.split(/\s+/)),
  mysql: new Set(mysql.split(/\s+/)),
  mariadb: new Set(mariadb.split(/\s+/)),
  sqlite: new Set(sqlite.split(/\s+/)),
};

/** Names of the types that the engine has without anything added. */
export function builtInTypes(engine: Engine): ReadonlySet<string> {
  return byEngine[engine];
}

/** Names of the types that the installed extensions add. */
export function extensionTypes(installed: ReadonlySet<string>): readonly string[] {
  return [...installed].flatMap((extension) =>
    Object.hasOwn(extensions, extension) ? (extensions[extension] ?? []) : [],
  );
}
