import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** What the security rules say of PostgreSQL, seen happening: rows that a role without any rights of its own gets to see. */
let postgres: PGlite;

beforeAll(async () => {
  postgres = await PGlite.create();
  await postgres.exec(
    'CREATE ROLE reader; GRANT reader TO CURRENT_USER; ALTER DATABASE postgres SET client_min_messages = error;',
  );
});
afterAll(() => postgres.close());

const rows =
  'CREATE TABLE t (id bigint, owner text); INSERT INTO t VALUES (1, $$reader$$), (2, $$other$$); GRANT ALL ON t TO reader;';

/** The first column of what the query gives the role, after the set-up; nothing of it stays. */
async function seenBy(role: string, setup: string, query: string): Promise<readonly unknown[]> {
  await postgres.exec('BEGIN');
  try {
    await postgres.exec(setup);
    await postgres.exec(`SET LOCAL ROLE ${role}`);
    const { rows: found } = await postgres.query<Record<string, unknown>>(query);
    return found.map((row) => Object.values(row)[0]);
  } finally {
    await postgres.exec('ROLLBACK');
  }
}

const on = 'ALTER TABLE t ENABLE ROW LEVEL SECURITY;';
const own = 'CREATE POLICY own ON t USING (owner = current_user);';
const everybody = 'CREATE POLICY everybody ON t USING (true);';
const view = (option: string) => `CREATE VIEW v ${option} AS SELECT id FROM t; GRANT SELECT ON v TO reader;`;

it.each([
  ['row security without a policy hides every row', `${rows} ${on}`, 'SELECT id FROM t', []],
  ['a policy without row security hides none', `${rows} ${own}`, 'SELECT id FROM t', [1, 2]],
  ['a policy with row security', `${rows} ${on} ${own}`, 'SELECT id FROM t', [1]],
  [
    'a policy that is always true opens what others close',
    `${rows} ${on} ${own} ${everybody}`,
    'SELECT id FROM t',
    [1, 2],
  ],
  [
    'unless the other is restrictive',
    `${rows} ${on} ${everybody} CREATE POLICY less ON t AS RESTRICTIVE USING (id = 2);`,
    'SELECT id FROM t',
    [2],
  ],
  [
    'DISABLE leaves the policies unasked',
    `${rows} ${on} ${own} ALTER TABLE t DISABLE ROW LEVEL SECURITY;`,
    'SELECT id FROM t',
    [1, 2],
  ],
  ['a view asks the policies as its owner', `${rows} ${on} ${own} ${view('')}`, 'SELECT id FROM v', [1, 2]],
  [
    'security_invoker asks them as the reader',
    `${rows} ${on} ${own} ${view('WITH (security_invoker)')}`,
    'SELECT id FROM v',
    [1],
  ],
  [
    'a materialized view keeps the rows of its owner',
    `${rows} ${on} ${own} CREATE MATERIALIZED VIEW v AS SELECT id FROM t; GRANT SELECT ON v TO reader;`,
    'SELECT id FROM v',
    [1, 2],
  ],
])('%s', async (_, setup, query, expected) => {
  expect(await seenBy('reader', setup, query)).toEqual(expected);
});

it.each([
  ['app', 'temporary'],
  ['app, pg_temp', 'real'],
  ['pg_temp, app', 'temporary'],
])('a function whose search_path is %s reads the %s table', async (path, expected) => {
  const setup = `CREATE SCHEMA app; CREATE TABLE app.names AS SELECT 'real' AS name;
    CREATE FUNCTION public.name() RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${path}
      AS $$ BEGIN RETURN (SELECT name FROM names); END $$;
    SET LOCAL ROLE reader; CREATE TEMP TABLE names AS SELECT 'temporary' AS name; GRANT ALL ON names TO PUBLIC; RESET ROLE;`;
  expect(await seenBy('reader', setup, 'SELECT public.name()')).toEqual([expected]);
});

it.each([
  ["has_type_privilege('kind', 'USAGE')", "CREATE TYPE kind AS ENUM ('a');", true],
  ["has_language_privilege('plpgsql', 'USAGE')", '', true],
  ["has_database_privilege(current_database(), 'CONNECT, TEMPORARY')", '', true],
  ["has_database_privilege(current_database(), 'CREATE')", '', false],
  ["has_schema_privilege('public', 'USAGE')", '', true],
  ["has_schema_privilege('public', 'CREATE')", '', false],
  ["has_schema_privilege('app', 'USAGE')", 'CREATE SCHEMA app;', false],
  ["has_function_privilege('one()', 'EXECUTE')", 'CREATE FUNCTION one() RETURNS int RETURN 1;', true],
  ["has_table_privilege('t', 'SELECT')", 'CREATE TABLE t (a int);', false],
  ["has_sequence_privilege('s', 'USAGE')", 'CREATE SEQUENCE s;', false],
])('by default PUBLIC has %s', async (privilege, setup, expected) => {
  expect(await seenBy('reader', setup, `SELECT ${privilege}`)).toEqual([expected]);
});

it('ALL on a table is more than reading and writing', async () => {
  const setup = 'CREATE TABLE t (a int); GRANT ALL ON t TO reader;';
  const query = "SELECT has_table_privilege('t', p) FROM unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p";
  expect(await seenBy('reader', setup, query)).toEqual([true, true, true]);
});

it.each([
  ['owner = setting()', 3],
  ['owner = (SELECT setting())', 1],
])(
  'the policy %s calls its function %i times for two rows, the estimate of the planner included',
  async (condition, expected) => {
    const setup = `${rows} CREATE SEQUENCE calls; GRANT ALL ON SEQUENCE calls TO reader;
    CREATE FUNCTION setting() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN PERFORM nextval('calls'); RETURN 'reader'; END $$;
    ${on} CREATE POLICY p ON t USING (${condition}); SET LOCAL ROLE reader; SELECT count(*) FROM t;`;
    expect(await seenBy('reader', setup, 'SELECT last_value::int FROM calls')).toEqual([expected]);
  },
);
