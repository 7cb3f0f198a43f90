import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { Finding } from '../../../src/sql/finding.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = `
  CREATE TABLE orders (id bigint PRIMARY KEY, owner text, paid boolean);
  CREATE TABLE plain (id bigint PRIMARY KEY);
  ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON orders USING (owner = current_user);
  CREATE POLICY public_read ON orders FOR SELECT USING (paid);
  CREATE TABLE tenants (id bigint PRIMARY KEY);
  ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
  CREATE POLICY live ON tenants AS RESTRICTIVE USING (id > 0);
  CREATE FUNCTION safe() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN RETURN 1; END $$;
  CREATE FUNCTION open() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;`;

type Expected = readonly Finding['level'][];
type Row = readonly [sql: string, levels: Expected, options?: Partial<LintOptions>];

const error: Expected = ['error'];
const warning: Expected = ['warning'];
const notice: Expected = ['notice'];
const nothing: Expected = [];

const definer = (rest: string, body = '$$ BEGIN END $$') =>
  `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql ${rest} AS ${body}`;

const rules: Readonly<Record<string, readonly Row[]>> = {
  'grant-to-public': [
    ['GRANT SELECT ON orders TO PUBLIC', warning],
    ['GRANT SELECT (id) ON TABLE public.orders, plain TO alice, PUBLIC', warning],
    ['GRANT ALL ON ALL TABLES IN SCHEMA app TO PUBLIC', warning],
    ['ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC', warning],
    ['GRANT USAGE ON SCHEMA app TO PUBLIC', warning],
    ["DO $$ BEGIN EXECUTE 'GRANT SELECT ON orders TO PUBLIC'; END $$", warning],
    [definer('', '$$ BEGIN GRANT SELECT ON orders TO PUBLIC; END $$'), warning],
    ['GRANT EXECUTE ON FUNCTION open() TO PUBLIC', notice],
    ['GRANT USAGE ON SCHEMA public TO PUBLIC', nothing],
    ['GRANT USAGE ON TYPE mood TO PUBLIC', nothing],
    ['GRANT CONNECT ON DATABASE shop TO PUBLIC', nothing],
    ['GRANT CREATE ON SCHEMA app TO PUBLIC', nothing],
    ['GRANT SELECT ON orders TO "publicist"', nothing],
    ['REVOKE ALL ON orders FROM PUBLIC', nothing],
  ],
  'public-schema-create': [
    [
      "DO $$ DECLARE s text; BEGIN FOREACH s IN ARRAY ARRAY['a', 'b'] LOOP EXECUTE format('GRANT CREATE ON SCHEMA %I TO PUBLIC', s); END LOOP; END $$",
      [...error, ...error],
    ],
    ['GRANT CREATE ON SCHEMA public TO PUBLIC', error],
    ['GRANT ALL ON SCHEMA public TO postgres, PUBLIC', error],
    ['GRANT USAGE, CREATE ON SCHEMA app TO PUBLIC', error],
    ['GRANT USAGE ON SCHEMA public TO PUBLIC', nothing],
    ['GRANT CREATE ON SCHEMA public TO alice', nothing],
    ['REVOKE CREATE ON SCHEMA public FROM PUBLIC', nothing],
    ['GRANT CREATE ON DATABASE shop TO PUBLIC', nothing],
  ],
  'grant-all': [
    ['GRANT ALL PRIVILEGES ON orders TO alice', notice],
    ['GRANT ALL ON ALL TABLES IN SCHEMA public TO alice', notice],
    ['ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO alice', notice],
    ['GRANT ALL ON SCHEMA app TO alice', notice],
    ['GRANT ALL ON DATABASE shop TO alice', notice],
    ['GRANT ALL ON FUNCTION open() TO alice', nothing],
    ['GRANT ALL ON SEQUENCE s TO alice', nothing],
    ['GRANT ALL ON orders TO PUBLIC', nothing],
    ['GRANT ALL ON orders TO CURRENT_USER', nothing],
    ['GRANT SELECT, INSERT ON orders TO alice', nothing],
    ['REVOKE ALL ON orders FROM alice', nothing],
  ],
  'grant-option': [
    ['GRANT SELECT ON orders TO alice WITH GRANT OPTION', warning],
    ['GRANT readers TO alice WITH ADMIN OPTION', warning],
    ['GRANT readers TO alice WITH ADMIN FALSE, INHERIT TRUE', nothing],
    ['GRANT readers TO alice', nothing],
    ['REVOKE GRANT OPTION FOR SELECT ON orders FROM alice', nothing],
    ['REVOKE ADMIN OPTION FOR readers FROM alice', nothing],
  ],
  'superuser-role': [
    ['CREATE ROLE app SUPERUSER', error],
    ['CREATE USER app WITH BYPASSRLS LOGIN', warning],
    ['ALTER ROLE app CREATEROLE', warning],
    ['ALTER USER app WITH REPLICATION', warning],
    ['GRANT pg_execute_server_program TO app', error],
    ['GRANT pg_read_all_data, readers TO app', warning],
    ['CREATE ROLE app IN ROLE pg_write_server_files', error],
    ['GRANT rds_superuser TO app', warning],
    ['DO $$ BEGIN CREATE ROLE app SUPERUSER; EXCEPTION WHEN duplicate_object THEN NULL; END $$', error],
    ['ALTER ROLE app NOSUPERUSER NOBYPASSRLS', nothing],
    ['CREATE ROLE app LOGIN CREATEDB', nothing],
    ['GRANT pg_monitor TO app', nothing],
    ['REVOKE pg_execute_server_program FROM app', nothing],
  ],
  'copy-program': [
    ["COPY orders FROM PROGRAM 'cat x'", error],
    ["COPY orders TO PROGRAM 'cat'", error],
    ["COPY (SELECT 1) TO PROGRAM 'cat'", error],
    [definer('', "$$ BEGIN COPY orders TO PROGRAM 'cat'; END $$"), error],
    ["COPY orders FROM '/tmp/x'", nothing],
    ['COPY orders TO stdout', nothing],
  ],
  'copy-server-file': [
    ["COPY orders FROM '/tmp/x'", warning],
    ["COPY orders (id) TO '/tmp/x' WITH (FORMAT csv)", warning],
    ["COPY (SELECT 'from' AS a FROM orders) TO E'/tmp/x'", warning],
    ['COPY orders TO stdout', nothing],
    ["COPY orders FROM stdin WITH (DELIMITER ';')", nothing],
    ["COPY (SELECT extract(year FROM '2020-01-01'::date)) TO stdout", nothing],
    ["COPY orders FROM PROGRAM 'cat x'", nothing],
    ["INSERT INTO orders (owner) VALUES ('copy from ''x''')", nothing],
  ],
  'require-row-security': [
    ['CREATE TABLE n (a int)', warning, { rules: { 'require-row-security': 'warning' } }],
    ['CREATE TABLE n (a int)', nothing],
    [
      'CREATE TABLE n (a int); ALTER TABLE n ENABLE ROW LEVEL SECURITY',
      nothing,
      { rules: { 'require-row-security': 'warning' } },
    ],
    ['CREATE TABLE app.n (a int)', nothing, { rules: { 'require-row-security': 'warning' } }],
    ['CREATE TEMP TABLE n (a int)', nothing, { rules: { 'require-row-security': 'warning' } }],
    [
      'CREATE TABLE app.n (a int)',
      error,
      { rules: { 'require-row-security': 'error' }, ruleOptions: { 'require-row-security': { schemas: ['app'] } } },
    ],
  ],
  'untrusted-language': [
    ['CREATE EXTENSION plperlu', warning],
    ['CREATE LANGUAGE plpython3u', warning],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'lib', 'f'", warning],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE 'internal' AS 'int4in'", warning],
    ['DO LANGUAGE plpython3u $$ pass $$', warning],
    ['CREATE EXTENSION plperl', nothing],
    ['CREATE EXTENSION "uuid-ossp"', nothing],
    ['CREATE FUNCTION f() RETURNS int LANGUAGE plv8 AS $$ return 1 $$', nothing],
  ],
  'outside-call': [
    ["SELECT dblink_connect('c', 'dbname=x')", warning],
    ["SELECT * FROM dblink('dbname=x', 'SELECT 1') AS t (a int)", warning],
    ["INSERT INTO plain SELECT lo_import('/etc/passwd')", warning],
    ["CREATE VIEW v AS SELECT pg_read_file('/etc/passwd') AS body", warning],
    [definer('', "$$ BEGIN PERFORM dblink_exec('c', 'x'); END $$"), warning],
    [definer('', "$$ DECLARE t text; BEGIN t := pg_read_file('x'); END $$"), warning],
    ["CREATE FUNCTION f() RETURNS text AS $$ SELECT pg_read_file('x') $$", warning],
    ["SELECT net.http_post('https://example.org')", warning],
    ['SELECT http_status_text(404)', nothing],
    ['SELECT my_dblink_count()', nothing],
    ["SELECT 'pg_read_file(x)'", nothing],
  ],
  'security-definer-search-path': [
    [definer('SECURITY DEFINER'), warning],
    ['CREATE PROCEDURE p() LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN END $$', warning],
    ['CREATE FUNCTION f() RETURNS int SECURITY DEFINER RETURN 1', warning],
    [definer("SECURITY DEFINER SET statement_timeout = '1s'"), warning],
    [definer('SECURITY DEFINER SET search_path TO DEFAULT'), warning],
    ['ALTER FUNCTION open() SECURITY DEFINER', warning],
    ['ALTER FUNCTION safe() RESET search_path', warning],
    ['ALTER FUNCTION safe RESET ALL', warning],
    [`DO $x$ BEGIN ${definer('SECURITY DEFINER')}; END $x$`, warning],
    [definer('SECURITY DEFINER SET search_path = app'), notice],
    [definer('SECURITY DEFINER SET search_path = pg_temp, app'), notice],
    [definer('SECURITY DEFINER SET search_path = "$user", pg_temp'), notice],
    [definer('SECURITY DEFINER SET search_path = public, pg_temp'), notice, { engineVersion: '14' }],
    [definer('SECURITY DEFINER SET search_path = public, pg_temp'), nothing],
    [definer('SECURITY DEFINER SET search_path = app, pg_temp'), nothing],
    [definer("SECURITY DEFINER SET search_path = ''"), nothing],
    [definer("SECURITY DEFINER SET search_path TO ''"), nothing],
    [definer('SECURITY DEFINER SET search_path FROM CURRENT'), nothing],
    [definer('SECURITY INVOKER'), nothing],
    [definer(''), nothing],
    [`${definer('SECURITY DEFINER')}; ALTER FUNCTION f() SET search_path = app, pg_temp`, nothing],
    ['ALTER FUNCTION safe() STABLE', nothing],
    ['ALTER FUNCTION safe() SECURITY INVOKER RESET search_path', nothing],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE c SECURITY DEFINER AS 'lib', 'f'", nothing],
  ],
  'row-security-disabled': [
    ['ALTER TABLE orders DISABLE ROW LEVEL SECURITY', warning],
    ['ALTER TABLE unknown DISABLE ROW LEVEL SECURITY', warning],
    ['ALTER TABLE IF EXISTS ONLY public.orders ADD a int, DISABLE ROW LEVEL SECURITY', warning],
    ['DO $$ BEGIN ALTER TABLE orders DISABLE ROW LEVEL SECURITY; END $$', warning],
    ['ALTER TABLE orders NO FORCE ROW LEVEL SECURITY', notice],
    ['ALTER TABLE plain DISABLE ROW LEVEL SECURITY', nothing],
    ['CREATE TABLE n (a int); ALTER TABLE n DISABLE ROW LEVEL SECURITY', nothing],
    [
      'BEGIN; ALTER TABLE orders DISABLE ROW LEVEL SECURITY; UPDATE orders SET paid = true WHERE id = 1; ALTER TABLE orders ENABLE ROW LEVEL SECURITY; COMMIT',
      nothing,
    ],
    [
      'BEGIN; ALTER TABLE orders DISABLE ROW LEVEL SECURITY; COMMIT; BEGIN; ALTER TABLE orders ENABLE ROW LEVEL SECURITY; COMMIT',
      warning,
    ],
    ['ALTER TABLE orders DISABLE ROW LEVEL SECURITY; ALTER TABLE orders ENABLE ROW LEVEL SECURITY', warning],
  ],
  'policy-always-true': [
    ['CREATE POLICY p ON orders USING (true)', warning],
    ['CREATE POLICY p ON orders FOR INSERT WITH CHECK (((TRUE)))', warning],
    ['CREATE POLICY p ON orders FOR UPDATE USING (owner = current_user) WITH CHECK (true)', warning],
    ['CREATE POLICY p ON orders FOR DELETE TO clerks USING (1 = 1)', warning],
    ['ALTER POLICY own ON orders USING (true)', warning],
    ['CREATE POLICY p ON orders USING (paid OR true)', warning],
    ["CREATE POLICY p ON orders USING ('t'::boolean)", warning],
    ['CREATE POLICY p ON orders USING ((SELECT true))', warning],
    ['CREATE POLICY p ON orders USING (paid AND (paid OR true))', nothing],
    ['CREATE POLICY p ON orders USING (paid = true)', nothing],
    ['CREATE POLICY p ON orders FOR SELECT USING (true)', notice],
    ['ALTER POLICY public_read ON orders USING (true)', notice],
    ['CREATE POLICY p ON orders FOR SELECT TO clerks USING (true)', nothing],
    ['CREATE POLICY p ON orders TO service_role USING (true)', nothing],
    ['CREATE POLICY p ON orders AS RESTRICTIVE USING (true)', nothing],
    ['CREATE POLICY p ON orders USING (1 = 2)', nothing],
    ['CREATE POLICY p ON orders USING (is_true(owner))', nothing],
    ['CREATE POLICY p ON tenants USING (true)', nothing],
    ['CREATE POLICY p ON orders USING (true); CREATE POLICY q ON orders AS RESTRICTIVE USING (paid)', nothing],
    ['ALTER POLICY own ON orders TO clerks', nothing],
  ],
  'policy-function-per-row': [
    ['CREATE POLICY p ON orders USING (owner = auth.uid()::text)', notice],
    ["CREATE POLICY p ON orders USING ((SELECT auth.uid()) IS NOT NULL AND owner = current_setting('a'))", notice],
    ['CREATE POLICY p ON orders USING (owner = (SELECT auth.uid())::text)', nothing],
    ["CREATE POLICY p ON orders USING (owner = ( select current_setting('a', true) ))", nothing],
    ['CREATE POLICY p ON orders FOR INSERT WITH CHECK (owner = auth.uid()::text)', nothing],
    ['CREATE POLICY p ON orders USING (owner = current_user)', nothing],
    ['CREATE POLICY p ON orders USING (owner = my_auth_uid())', nothing],
  ],
  'row-security-without-policy': [
    ['ALTER TABLE plain ENABLE ROW LEVEL SECURITY', warning],
    ['CREATE TABLE n (a int); ALTER TABLE n ENABLE ROW LEVEL SECURITY', warning],
    ['DROP POLICY own ON orders; DROP POLICY public_read ON orders', ['warning', 'warning']],
    ['ALTER TABLE unknown ENABLE ROW LEVEL SECURITY', notice],
    ['ALTER TABLE plain ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON plain USING (id > 0)', nothing],
    ['CREATE POLICY p ON plain USING (id > 0); ALTER TABLE plain ENABLE ROW LEVEL SECURITY', nothing],
    ['DROP POLICY own ON orders; CREATE POLICY own ON orders USING (paid)', nothing],
    ['ALTER TABLE plain ENABLE ROW LEVEL SECURITY; DROP TABLE plain', nothing],
    [
      "ALTER TABLE plain ENABLE ROW LEVEL SECURITY; DO $$ BEGIN EXECUTE format('CREATE POLICY p ON %I', now()); END $$",
      nothing,
    ],
    ['ALTER TABLE plain FORCE ROW LEVEL SECURITY', nothing],
  ],
  'policy-without-row-security': [
    ['CREATE POLICY p ON plain USING (id > 0)', warning],
    ['CREATE TABLE n (a int); CREATE POLICY p ON n USING (a > 0)', warning],
    ['CREATE POLICY p ON unknown USING (id > 0)', nothing],
    ['CREATE POLICY p ON orders USING (id > 0)', nothing],
    ['CREATE POLICY p ON plain USING (id > 0); ALTER TABLE plain ENABLE ROW LEVEL SECURITY', nothing],
    ['CREATE POLICY p ON plain USING (id > 0); DROP POLICY p ON plain', nothing],
    ['ALTER TABLE plain ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON plain USING (id > 0)', nothing],
  ],
  'plain-secret-column': [
    ['CREATE TABLE u (password text)', warning],
    ['CREATE TABLE u ("userPassword" varchar(40), id int)', warning],
    ['ALTER TABLE plain ADD COLUMN a int, ADD COLUMN "apiKey" text', warning],
    ['ALTER TABLE plain ADD COLUMN client_secret varchar', warning],
    ['ALTER TABLE plain ADD COLUMN refresh_token text', warning],
    ['ALTER TABLE plain ADD COLUMN ssn char(11)', warning],
    ['ALTER TABLE plain ADD COLUMN credit_card_number bigint', warning],
    ['ALTER TABLE plain ADD COLUMN card_cvv text', warning],
    ['CREATE TABLE api_keys (key text)', warning],
    ['CREATE TABLE user_sessions (token text)', warning],
    ['CREATE TABLE words (token text, key text)', nothing],
    ['CREATE TABLE u (password_hash text, encrypted_password text, password_digest text, password_salt text)', nothing],
    [
      'CREATE TABLE u (token_id text, password_changed_at timestamptz, reset_token_expires_at text, secret_arn text)',
      nothing,
    ],
    ['CREATE TABLE u (password bytea, has_password boolean, api_key uuid, password_attempts int)', nothing],
    [
      'CREATE TABLE u (public_key text, idempotency_key text, foreign_key text, push_token text, card_number_last4 text)',
      nothing,
    ],
    ['CREATE TABLE u (library_card_number text, secretary text, tokenizer text, password_policy text)', nothing],
    ["CREATE TABLE u (password text); COMMENT ON COLUMN u.password IS 'argon2 hash'", nothing],
    ["CREATE TABLE u (password text); COMMENT ON COLUMN u.password IS 'the password'", warning],
    ['CREATE TEMP TABLE u (password text)', nothing],
  ],
  'secret-literal': [
    ["CREATE ROLE app PASSWORD 'hunter2'", error],
    ["CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'a', password 'hunter2')", error],
    ["CREATE SUBSCRIPTION s CONNECTION 'host=h password=hunter2' PUBLICATION p", error],
    ["SELECT dblink_connect('host=h password=hunter2')", error],
    ["INSERT INTO plain VALUES ('ghp_abcdefghijklmnopqrstuvwxyz0123456789')", error],
    ['-- postgres://app:hunter2@db/shop', error],
    ["INSERT INTO users (email, password) VALUES ('a@b', 'admin123')", warning],
    ["INSERT INTO users (email, password) VALUES ('a@b', '$2b$12$abcdefghijklmnopqrstuv')", nothing],
    ["ALTER ROLE app PASSWORD 'hunter2'; ALTER ROLE app PASSWORD 'hunter3'", ['error', 'error']],
    ['ALTER ROLE app PASSWORD NULL', nothing],
    ["INSERT INTO plain VALUES ('a perfectly normal text: password is required')", nothing],
  ],
  'dynamic-sql': [
    [definer('', "$$ BEGIN EXECUTE 'DROP TABLE ' || current_setting('x'); END $$"), nothing],
    ["CREATE FUNCTION f(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE ' || t; END $$", warning],
    [
      "CREATE FUNCTION f(t text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN EXECUTE 'DROP TABLE ' || t; END $$",
      error,
    ],
    [
      "DO $$ DECLARE r record; BEGIN FOR r IN SELECT t FROM x LOOP EXECUTE 'DROP TABLE ' || r.t; END LOOP; END $$",
      notice,
    ],
    [
      "CREATE FUNCTION f(t text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('DROP TABLE %I', t); END $$",
      nothing,
    ],
  ],
  'leaky-view': [
    ['CREATE VIEW v AS SELECT id FROM orders', warning],
    ['CREATE OR REPLACE VIEW v AS SELECT p.id FROM plain p JOIN public.orders o ON o.id = p.id', warning],
    ['CREATE VIEW v WITH (security_invoker = false) AS SELECT id FROM orders', warning],
    ['CREATE VIEW v AS SELECT id FROM orders', notice, { engineVersion: '14' }],
    ['CREATE MATERIALIZED VIEW v AS SELECT id FROM orders', notice],
    ['CREATE VIEW v WITH (security_barrier, security_invoker) AS SELECT id FROM orders', nothing],
    ['CREATE VIEW v WITH (security_invoker=on) AS SELECT id FROM orders', nothing],
    ['CREATE VIEW v AS SELECT id FROM orders; ALTER VIEW v SET (security_invoker = true)', nothing],
    ['CREATE VIEW v AS SELECT id FROM plain', nothing],
    ['CREATE VIEW v AS SELECT id FROM unknown', nothing],
  ],
};

function levelsOf(rule: string, sql: string, options: Partial<LintOptions> = {}): Expected {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const report = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before, ...options });
  expect(report.errors).toEqual([]);
  return report.findings.filter((finding) => finding.rule === rule).map(({ level }) => level);
}

describe.each(Object.entries(rules))('%s', (rule, rows) => {
  it.each(rows.map(([sql, levels, options]) => ({ sql, levels, options })))(
    '$sql: $levels',
    ({ sql, levels, options }) => {
      expect(levelsOf(rule, sql, options)).toEqual(levels);
    },
  );
});

it('says nothing that holds a secret', () => {
  const sql = `CREATE ROLE app SUPERUSER PASSWORD 'hunter2hunter2';
    SELECT dblink_connect('host=h password=hunter2hunter2');
    CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM dblink('host=h password=hunter2hunter2', 'x'); END $$;
    CREATE USER MAPPING FOR app SERVER s OPTIONS (password 'hunter2hunter2');`;
  const { findings } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql' });
  expect(findings.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['secret-literal', 'security-definer-search-path']),
  );
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

it('looks at later files for the policy and for row security', () => {
  const files = [
    {
      file: '1.sql',
      sql: 'CREATE TABLE a (id bigint); ALTER TABLE a ENABLE ROW LEVEL SECURITY; CREATE TABLE b (id bigint); CREATE POLICY p ON b USING (id > 0)',
    },
    { file: '2.sql', sql: 'CREATE POLICY p ON a USING (id > 0); ALTER TABLE b ENABLE ROW LEVEL SECURITY' },
  ];
  const ids = (given: typeof files) => lint(given, { engine: 'postgresql' }).findings.map(({ rule }) => rule);
  expect(ids(files.slice(0, 1))).toEqual(
    expect.arrayContaining(['row-security-without-policy', 'policy-without-row-security']),
  );
  expect(ids(files)).not.toEqual(expect.arrayContaining(['row-security-without-policy']));
  expect(ids(files)).not.toEqual(expect.arrayContaining(['policy-without-row-security']));
});

it('points at the secret, and a comment above the statement suppresses it', () => {
  const sql =
    "SELECT 1;\n-- database-lead: ignore secret-literal because it is the sandbox's\nCREATE ROLE app\n  LOGIN\n  PASSWORD 'x1';\nCREATE ROLE b PASSWORD 'x2';";
  const report = lint([{ file: 'a.sql', sql }], { engine: 'postgresql' });
  expect(report.suppressed.map(({ finding }) => finding.rule)).toEqual(['secret-literal']);
  expect(report.findings).toMatchObject([{ rule: 'secret-literal', line: 6, column: 25, endColumn: 27 }]);
});
