/**
 * The extensions that PGlite bundles, by the name in CREATE EXTENSION, with the module of `@electric-sql/pglite/contrib` that
 * brings each (https://pglite.dev/extensions). `auto_explain` is a library without an extension.
 */
const modules: ReadonlyMap<string, string> = new Map([
  ...`amcheck bloom btree_gin btree_gist citext cube dict_int dict_xsyn earthdistance file_fdw fuzzystrmatch hstore intarray
    isn lo ltree moddatetime pageinspect pg_buffercache pg_freespacemap pg_stat_statements pg_surgery pg_trgm pg_visibility
    pg_walinspect pgcrypto seg tablefunc tcn tsm_system_rows tsm_system_time unaccent`
    .split(/\s+/)
    .map((name) => [name, name] as const),
  ['uuid-ossp', 'uuid_ossp'],
]);

/** https://www.postgresql.org/docs/current/earthdistance.html: the one bundled extension that needs another. */
const needs: ReadonlyMap<string, string> = new Map([['earthdistance', 'cube']]);

/**
 * Extensions that PostgreSQL reserves for superusers but hosted servers commonly let a database's owner create, and that
 * reach nothing outside the database. They are marked as trusted; the others (`file_fdw`, `pg_surgery`) stay
 * refused.
 */
export const trustedHere: readonly string[] = [
  'amcheck',
  'bloom',
  'dict_xsyn',
  'earthdistance',
  'moddatetime',
  'pg_buffercache',
  'pg_freespacemap',
  'pg_stat_statements',
  'pg_visibility',
  'tsm_system_rows',
  'tsm_system_time',
];

const creation = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"([^"]+)"|([\w-]+))/gi;

/** The bundled modules that texts may need, in order. One named in a comment is loaded in vain, which does no harm. */
export function modulesNeededBy(texts: readonly string[]): readonly string[] {
  const names = texts.flatMap((text) =>
    [...text.matchAll(creation)].map(([, quoted, plain]) => quoted ?? plain?.toLowerCase() ?? ''),
  );
  const all = names.flatMap((name) => [needs.get(name) ?? [], name].flat());
  return [...new Set(all.flatMap((name) => modules.get(name) ?? []))].sort();
}
