import { setTimeout } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftOf } from '../../../src/sql/apply/draft.ts';
import { applyTo, catalogOf } from '../../../src/sql/apply/index.ts';
import { isStronger, locksOf, type RelationLock } from '../../../src/sql/facts/locks/index.ts';
import { display } from '../../../src/sql/name.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';
import { findPostgres, type Server, startPostgres } from '../../support/postgres.ts';
import { alone, type Form, forms, given } from './locks/forms.ts';
import { type Database, observe, pictureOf } from './locks/observe.ts';

beforeAll(loadParsers);

/** What we say of the changes of a statement together. */
function told({ sql, setup = '' }: Form, version: number): ReadonlyMap<string, RelationLock> {
  const { catalog } = catalogOf('postgresql', [parse(given, 'postgresql'), parse(setup, 'postgresql')]);
  const { statements, errors } = parse(sql, 'postgresql');
  expect(errors).toEqual([]);
  const draft = draftOf(catalog);
  const all = new Map<string, RelationLock>();
  for (const change of statements.flatMap(({ changes }) => changes)) {
    for (const lock of locksOf(change, draft, version)) {
      const name = display(lock.relation);
      const known = all.get(name);
      const { mode } = known !== undefined && isStronger(known.mode, lock.mode) ? known : lock;
      all.set(name, { ...known, ...lock, mode });
    }
    applyTo(draft, change);
  }
  return all;
}

/** Holds every form that can run in a transaction against what an engine does. */
function agrees(database: () => Database) {
  describe.each(Object.entries(forms))('%s', (_, rows) => {
    it.for(rows)('$sql', async (form, { skip }) => {
      const { since = 0, unseen } = form;
      if (since > database().version) skip(`PostgreSQL ${since} and later`);
      const locks = told(form, database().version);
      const seen = await observe(database(), form, new Set(locks.keys()));
      const shown = (text: string) => (unseen === undefined ? text : text.replace(/,.*/, ''));
      const says = [...locks].map(([name, lock]) => [name, shown(pictureOf(lock.mode, lock))]);
      const does = Object.entries(seen).map(([name, text]) => [name, shown(text)]);
      expect(Object.fromEntries(says)).toEqual(Object.fromEntries(does));
    });
  });
}

it.each(alone)('takes from the manual what cannot be looked at in a transaction: $sql', ({ sql, table, mode }) => {
  expect(told({ sql }, 18).get(table)?.mode).toBe(mode);
});

describe('on PGlite', () => {
  let pglite: PGlite;
  beforeAll(async () => {
    pglite = await PGlite.create();
  });
  afterAll(() => pglite.close());

  agrees(() => ({
    version: 18,
    query: async (sql) => (await pglite.query<Record<string, unknown>>(sql)).rows,
    exec: async (sql) => void (await pglite.exec(sql)),
  }));
});

const found = findPostgres(process.env);
describe.skipIf(found.kind === 'none')(`on PostgreSQL${found.kind === 'none' ? `: ${found.reason}` : ''}`, () => {
  let server: Server;
  let client: pg.Client;
  let other: pg.Client;
  let version: number;
  beforeAll(async () => {
    if (found.kind === 'none') return;
    server = await startPostgres(found);
    const url = await server.database();
    client = new pg.Client(url);
    other = new pg.Client(url);
    await Promise.all([client.connect(), other.connect()]);
    const { rows } = await client.query<{ major: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS major`,
    );
    version = rows[0]?.major ?? 0;
  });
  afterAll(async () => {
    await Promise.all([client.end(), other.end()]);
    await server.stop();
  });

  agrees(() => ({
    version,
    query: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    exec: async (sql) => void (await client.query(sql)),
  }));

  it.for(alone)('waits for the lock that the manual names: $sql', async ({ sql, table, mode, since = 0 }, { skip }) => {
    if (since > version) skip(`PostgreSQL ${since} and later`);
    await client.query(
      `DROP SCHEMA IF EXISTS waiting CASCADE; CREATE SCHEMA waiting; SET search_path TO waiting; ${given}`,
    );
    // The weakest lock that all of them wait for lets through what a statement takes to look around.
    await other.query(`BEGIN; LOCK TABLE waiting.${table} IN SHARE UPDATE EXCLUSIVE MODE`);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const running = client.query(sql);
    const awaitedMode = await awaited(rows[0]?.pid ?? 0);
    await other.query('ROLLBACK');
    await running;
    expect(awaitedMode).toBe(mode);
  });

  /** The lock for which a session waits, once it does. */
  async function awaited(pid: number): Promise<string | undefined> {
    for (let tries = 0; tries < 500; tries += 1) {
      const { rows } = await other.query<{ mode: string }>(
        `SELECT mode FROM pg_locks WHERE pid = ${pid} AND NOT granted`,
      );
      if (rows[0] !== undefined) return rows[0].mode;
      await setTimeout(10);
    }
    return undefined;
  }
});
