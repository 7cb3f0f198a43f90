import { catalogs } from './others.ts';

/** The first number that an object can have which the server did not bring itself (source, FirstNormalObjectId). */
const made = (column = 'oid') => `${column} >= 16384`;
const some = (from: string) => `EXISTS (SELECT FROM ${from})`;

/** What has to be there for the query of that name to find anything. Most schemas have nothing of most kinds. */
const signs = {
  enums: some(`pg_enum WHERE ${made()}`),
  domains: some(`pg_type WHERE typtype = 'd' AND ${made()}`),
  composites: some(`pg_class WHERE relkind = 'c' AND ${made()}`),
  ranges: some(`pg_range WHERE ${made('rngtypid')}`),
  sequences: some('pg_sequence'),
  relations: some(`pg_class WHERE ${made()}`),
  columns: some(`pg_class WHERE ${made()}`),
  constraints: some(`pg_constraint WHERE ${made()}`),
  indexes: some(`pg_index WHERE ${made('indexrelid')}`),
  routines: some(`pg_proc WHERE ${made()}`),
  aggregates: some(`pg_aggregate WHERE ${made('aggfnoid::oid')}`),
  triggers: some('pg_trigger WHERE NOT tgisinternal'),
  rules: some(`pg_rewrite WHERE rulename <> '_RETURN' AND ${made()}`),
  policies: some('pg_policy'),
  statistics: some('pg_statistic_ext'),
  others: [
    ...catalogs.map(([catalog]) => some(`${catalog} WHERE ${made()}`)),
    some(
      `pg_type t WHERE (typtype = 'p' OR typtype = 'b' AND NOT ${some('pg_type e WHERE e.typarray = t.oid')}) AND ${made()}`,
    ),
    some('pg_subscription'),
  ].join(' OR '),
  rowSecurity: some('pg_class WHERE relrowsecurity OR relforcerowsecurity'),
  parameters: some(`pg_class WHERE reloptions IS NOT NULL AND ${made()}`),
  replicaIdentity: some(`pg_class WHERE relkind IN ('r', 'p') AND relreplident <> 'd' AND ${made()}`),
  persistence: some(`pg_class WHERE relpersistence = 'u'`),
  attachments: some('pg_class WHERE relispartition'),
  inheritances: some('pg_inherits'),
  comments: some(`pg_description WHERE ${made('objoid')}`),
  defaultPrivileges: some('pg_default_acl'),
} as const;

/** One row: the version, and which of the signs there are. */
export const survey = `SELECT current_setting('server_version_num')::int AS version,
  ${Object.entries(signs)
    .map(([query, sign]) => `(${sign}) AS "${query}"`)
    .join(',\n  ')}`;
