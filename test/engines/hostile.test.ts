import { afterAll, describe, expect, it } from 'vitest';
import { createPgliteEngine } from '../../src/engines/pglite/engine.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { migration } from './migrations.ts';

const engine = createPgliteEngine({ log: silentLog, limits: { ms: 8_000, memoryMb: 900 } });
/** Whose memory ends before its time, however busy the machine is. */
const patient = createPgliteEngine({ log: silentLog, limits: { ms: 50_000, memoryMb: 900 } });
afterAll(() => Promise.all([engine.close(), patient.close()]));

async function failureOf(sql: string, on = engine) {
  const { failed } = await on.verify({ base: [], migrations: [migration('evil.sql', sql)], criteria: [] });
  return failed;
}

describe('untrusted SQL', () => {
  it('is refused what only a superuser may do, each way there included', async () => {
    const attacks: readonly (readonly [sql: string, code: string])[] = [
      ['RESET ROLE; RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION postgres', '42501'],
      ["SELECT set_config('session_authorization', 'postgres', false)", '42501'],
      ['SET LOCAL SESSION AUTHORIZATION postgres', '42501'],
      ['SET SESSION AUTHORIZATION pg_execute_server_program', '42501'],
      ['SET ROLE postgres', '42501'],
      ["SELECT set_config('role', 'postgres', false)", '42501'],
      ['GRANT postgres TO CURRENT_USER', '42501'],
      ['GRANT pg_read_server_files TO CURRENT_USER', '42501'],
      ['ALTER ROLE CURRENT_USER SUPERUSER', '42501'],
      ['CREATE ROLE king SUPERUSER', '42501'],
      ['UPDATE pg_authid SET rolsuper = true', '42501'],
      ["SELECT pg_read_file('/etc/passwd')", '42501'],
      ["SELECT pg_read_binary_file('PG_VERSION')", '42501'],
      ["SELECT pg_ls_dir('/')", '42501'],
      ["SELECT lo_import('/etc/passwd')", '42501'],
      ["SELECT lo_export(lo_from_bytea(0, 'x'), '/tmp/x')", '42501'],
      ["COPY (SELECT 1) TO PROGRAM 'id'", '42501'],
      ["COPY (SELECT 1) TO '/tmp/x'", '42501'],
      ["CREATE TABLE f (l text); COPY f FROM '/etc/passwd'", '42501'],
      ["LOAD 'plpgsql'", '42501'],
      ["CREATE FUNCTION f() RETURNS int LANGUAGE c AS '/lib/libc', 'system'", '42501'],
      ["CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'pg_backend_pid'", '42501'],
      ['SET allow_system_table_mods = on', '42501'],
      ["SET session_preload_libraries = 'x'", '42501'],
      ["SET dynamic_library_path = '/tmp'", '42501'],
      ['CREATE TABLE pg_catalog.mine (id int)', '42501'],
    ];
    const wrapped = attacks.map(
      ([sql, code], at) => `DO $attack$
BEGIN
  EXECUTE $sql$${sql}$sql$;
  RAISE EXCEPTION 'attack ${at} succeeded';
EXCEPTION WHEN SQLSTATE '${code}' THEN NULL;
END $attack$;`,
    );
    expect(await failureOf(wrapped.join('\n'))).toBeNull();
  });

  it.each([
    "ALTER SYSTEM SET shared_preload_libraries = 'x'",
    "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p",
    "CREATE TABLESPACE t LOCATION '/tmp'",
    'SET SESSION AUTHORIZATION postgres',
  ])('is refused %s outside a transaction too', async (sql) => {
    const report = await engine.verify({
      base: [],
      migrations: [
        migration('reset.sql', 'RESET SESSION AUTHORIZATION;\nSET SESSION AUTHORIZATION DEFAULT;\nDISCARD ALL;', {
          transaction: false,
        }),
        migration('evil.sql', sql, { transaction: false }),
      ],
      criteria: [],
    });
    expect(report).toMatchObject({ applied: 1, failed: { file: 'evil.sql', code: '42501' } });
  });

  it('is still the migrator whatever it resets', async () => {
    const report = await engine.verify({
      base: [],
      migrations: [
        migration(
          '1.sql',
          'SET SESSION AUTHORIZATION migrator;\nRESET ROLE;\nRESET SESSION AUTHORIZATION;\nSET ROLE NONE;',
          {
            transaction: false,
          },
        ),
        migration(
          '2.sql',
          'SAVEPOINT a;\nSET LOCAL SESSION AUTHORIZATION migrator;\nROLLBACK TO a;\nRESET SESSION AUTHORIZATION;',
        ),
      ],
      criteria: [
        {
          text: 'no superuser',
          sql: `SELECT current_user = 'migrator' AND session_user = 'migrator'
            AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)`,
        },
      ],
    });
    expect(report.criteria).toEqual([{ text: 'no superuser', pass: true, observed: 'true' }]);
  });

  it('is killed when it runs for ever, and the statement is named', async () => {
    const sql = 'CREATE TABLE a (id int);\nSET statement_timeout = 0;\nDO $$ BEGIN LOOP END LOOP; END $$;';
    expect(await failureOf(sql)).toEqual({
      file: 'evil.sql',
      line: 3,
      statement: 'DO $$ BEGIN LOOP END LOOP; END $$',
      message: 'ran longer than a scratch engine may',
      code: 'time-limit',
      inBase: false,
    });
  });

  it('is killed when it takes too much memory', async () => {
    const sql = `DO $$ DECLARE hoard text[] := '{}'; BEGIN
      LOOP hoard := hoard || repeat('x', 30000000 + coalesce(array_length(hoard, 1), 0)); END LOOP;
    END $$;`;
    expect(await failureOf(sql, patient)).toMatchObject({
      line: 1,
      code: expect.stringMatching(/^(memory-limit|crash|53200|54000)$/),
    });
    const rows = 'CREATE TABLE big AS SELECT repeat(md5(i::text), 60) FROM generate_series(1, 10000000) i;';
    expect(await failureOf(rows, patient)).toMatchObject({ line: 1, code: 'memory-limit' });
  }, 120_000);

  it('cannot wait for data that nobody sends', async () => {
    expect(await failureOf('CREATE TABLE a (id int);\nCOPY a FROM STDIN;')).toMatchObject({ line: 2, code: '0A000' });
  });

  it('is reported when the engine breaks down on it', async () => {
    const sql = `CREATE FUNCTION deeper(i int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN deeper(i + 1); END';
SELECT deeper(1);`;
    expect(await failureOf(sql)).toMatchObject({ line: 2, code: expect.stringMatching(/^(crash|54001)$/) });
  });

  it('cannot hide from what is measured', async () => {
    const report = await engine.verify({
      base: [migration('1.sql', 'CREATE TABLE t (id int);')],
      migrations: [
        migration(
          '2.sql',
          `CREATE VIEW public.pg_locks AS SELECT NULL::oid AS relation WHERE false;
CREATE FUNCTION public.pg_backend_pid() RETURNS int LANGUAGE sql AS 'SELECT 0';
SET search_path = public, pg_catalog;
LOCK TABLE t;`,
        ),
      ],
      criteria: [],
    });
    expect(report).toMatchObject({
      failed: null,
      migrations: [{ locks: [{ relation: 'public.t', mode: 'AccessExclusiveLock' }] }],
    });
  });

  it('does not hold up the runs of others', async () => {
    const runs = ['DO $$ BEGIN LOOP END LOOP; END $$;', 'SELECT 1;', 'SELECT 2;', 'SELECT 3;'].map((sql) =>
      failureOf(sql),
    );
    const failures = await Promise.all(runs);
    expect(failures.map((failure) => failure?.code ?? null)).toEqual(['time-limit', null, null, null]);
  });

  it('leaves nothing behind for the next run', async () => {
    expect(await failureOf('CREATE TABLE once (id int);')).toBeNull();
    expect(await failureOf('CREATE TABLE once (id int);')).toBeNull();
  });
});
