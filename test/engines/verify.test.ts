import { afterAll, describe, expect, it } from 'vitest';
import { createPgliteEngine } from '../../src/engines/pglite/engine.ts';
import type { VerifyInput } from '../../src/engines/port.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { migration, shop } from './migrations.ts';

const engine = createPgliteEngine({ log: silentLog });
afterAll(() => engine.close());

function verify(migrations: VerifyInput['migrations'], more: Partial<VerifyInput> = {}) {
  return engine.verify({ base: shop, migrations, criteria: [], ...more });
}

describe('verify', () => {
  it('measures what each migration locks and rewrites, and goes round', async () => {
    const report = await verify(
      [
        migration(
          '0002.sql',
          'ALTER TABLE orders ADD COLUMN note text;\nALTER TABLE orders ADD COLUMN lot float DEFAULT random();',
          {
            down: 'ALTER TABLE orders DROP COLUMN lot, DROP COLUMN note;',
          },
        ),
        migration('0003.sql', 'CREATE INDEX CONCURRENTLY orders_total ON orders (total);', {
          transaction: false,
          down: 'DROP INDEX CONCURRENTLY orders_total;',
        }),
        migration('0004.sql', 'CREATE TABLE notes (order_id bigint REFERENCES orders);\nTRUNCATE customers CASCADE;', {
          downFile: '0004.down.sql',
          down: 'DROP TABLE notes;',
        }),
      ],
      {
        criteria: [
          { text: 'the index is there', sql: "SELECT to_regclass('orders_total') IS NOT NULL" },
          { text: 'there are orders', sql: 'SELECT count(*) > 0 AS some, count(*) AS many FROM orders' },
          { text: 'one row is wanted', sql: 'SELECT true FROM generate_series(1, 3)' },
          { text: 'and not none', sql: 'SELECT true WHERE false' },
          { text: 'a number is not true', sql: 'SELECT 1' },
          { text: 'nor is NULL', sql: 'SELECT NULL::boolean' },
          { text: 'the table exists', sql: 'SELECT true FROM nowhere' },
          {
            text: 'nothing may be written',
            sql: 'WITH gone AS (DELETE FROM orders RETURNING 1) SELECT true FROM gone',
          },
          { text: 'one statement', sql: 'SELECT true; SELECT true' },
          { text: 'a query', sql: 'DROP TABLE orders' },
          { text: 'sql', sql: 'SELEC true' },
          { text: 'the database still answers', sql: '(SELECT true)' },
        ],
      },
    );
    expect(report).toEqual({
      engine: 'postgresql',
      engineVersion: expect.stringMatching(/^18\.\d+$/),
      applied: 4,
      failed: null,
      migrations: [
        {
          file: '0002.sql',
          ms: expect.any(Number),
          locks: [{ relation: 'public.orders', mode: 'AccessExclusiveLock' }],
          rewrites: ['public.orders'],
          error: null,
        },
        {
          file: '0003.sql',
          ms: expect.any(Number),
          locks: [{ relation: 'public.orders', mode: 'ShareUpdateExclusiveLock' }],
          rewrites: [],
          error: null,
        },
        {
          file: '0004.sql',
          ms: expect.any(Number),
          locks: [
            { relation: 'public.customers', mode: 'AccessExclusiveLock' },
            { relation: 'public.orders', mode: 'AccessExclusiveLock' },
          ],
          rewrites: [],
          error: null,
        },
      ],
      roundTrip: { down: 'ok', differences: [] },
      criteria: [
        { text: 'the index is there', pass: true, observed: 'true' },
        { text: 'there are orders', pass: false, observed: 'some: false, many: 0' },
        { text: 'one row is wanted', pass: false, observed: '3 rows' },
        { text: 'and not none', pass: false, observed: 'no row' },
        { text: 'a number is not true', pass: false, observed: '1' },
        { text: 'nor is NULL', pass: false, observed: 'NULL' },
        { text: 'the table exists', pass: false, observed: 'relation "nowhere" does not exist (42P01)' },
        {
          text: 'nothing may be written',
          pass: false,
          observed: expect.stringMatching(/not evaluated|read-only transaction/),
        },
        { text: 'one statement', pass: false, observed: 'not evaluated: a criterion is one single SELECT' },
        { text: 'a query', pass: false, observed: 'not evaluated: a criterion is one single SELECT' },
        { text: 'sql', pass: false, observed: 'not evaluated: a criterion is one single SELECT' },
        { text: 'the database still answers', pass: true, observed: 'true' },
      ],
    });
  });

  it('names the statement that fails, with its line', async () => {
    const report = await verify(
      [
        migration(
          '0002.sql',
          '-- first\n\nALTER TABLE orders ADD COLUMN a int;\n\nALTER TABLE order ADD COLUMN b int;',
        ),
      ],
      { criteria: [{ text: 'anything', sql: 'SELECT true' }] },
    );
    expect(report.failed).toMatchObject({ file: '0002.sql', line: 5, code: '42601', inBase: false });

    const second = await verify([
      migration('0002.sql', 'CREATE TABLE kept (id int);'),
      migration('0003.sql', '\n\nALTER TABLE orders\n  ADD COLUMN sku text NOT NULL;'),
      migration('0004.sql', 'CREATE TABLE never (id int);'),
    ]);
    expect(second).toMatchObject({
      applied: 2,
      failed: {
        file: '0003.sql',
        line: 3,
        statement: 'ALTER TABLE orders\n  ADD COLUMN sku text NOT NULL',
        message: 'column "sku" of relation "orders" contains null values',
        code: '23502',
      },
      migrations: [{ error: null }, { error: 'column "sku" of relation "orders" contains null values' }],
    });
  });

  it('does not condemn a migration for rows that were made up', async () => {
    const fine = await verify(
      [migration('2.sql', 'SELECT 1;\nALTER TABLE customers ALTER COLUMN email TYPE jsonb USING email::jsonb;')],
      { base: [migration('1.sql', 'CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL);')] },
    );
    expect(fine).toMatchObject({ applied: 2, failed: null, migrations: [{ rewrites: ['public.customers'] }] });
    expect(fine.remarks).toEqual([
      expect.stringMatching(/^2\.sql:2 fails on made-up rows \(invalid input syntax for type json\)/),
    ]);

    const wrong = await verify([migration('2.sql', "INSERT INTO customers (email) VALUES ('a@b'), ('a@b');")]);
    expect(wrong.failed).toMatchObject({ file: '2.sql', code: '23505' });
  });

  it('says when the base fails already', async () => {
    const report = await verify([migration('0003.sql', 'SELECT 1;')], {
      base: [...shop, migration('0002.sql', 'DROP TABLE missing;')],
      criteria: [{ text: 'anything', sql: 'SELECT true' }],
    });
    expect(report.failed).toMatchObject({ file: '0002.sql', line: 1, code: '42P01', inBase: true });
    expect(report.applied).toBe(1);
    expect(report.criteria).toEqual([
      { text: 'anything', pass: false, observed: 'not evaluated: the migrations did not run' },
    ]);
  });

  it('puts in words what going back leaves behind', async () => {
    const report = await verify([
      migration(
        '0002.sql',
        `CREATE TABLE notes (id int);
ALTER TABLE orders ADD COLUMN note text;
CREATE VIEW paid AS SELECT id FROM orders WHERE status = 'paid';
ALTER TABLE customers ALTER COLUMN email DROP NOT NULL;`,
        { down: 'DROP TABLE notes;\nALTER TABLE customers DROP CONSTRAINT customers_email_key;' },
      ),
    ]);
    expect(report.roundTrip).toEqual({
      down: 'failed',
      differences: [
        'after going back, column public.customers.email is "text" instead of "text NOT NULL"',
        'after going back, column public.orders.note is extra',
        'after going back, constraint public.customers.customers_email_key is missing',
        'after going back, view public.paid is extra',
        'going up again fails at 0002.sql:2: column "note" of relation "orders" already exists (42701)',
      ],
    });
  });

  it('reports a way back that fails, and one that is not there', async () => {
    const failing = await verify([
      migration('2.sql', 'CREATE TABLE a (id int);', { downFile: '2.down.sql', down: '\nDROP TABLE b;' }),
    ]);
    expect(failing.roundTrip).toEqual({
      down: 'failed',
      differences: ['going back fails at 2.down.sql:2: table "b" does not exist (42P01)'],
    });
    const partly = await verify([
      migration('2.sql', 'CREATE TABLE a (id int);', { down: '-- nothing' }),
      migration('3.sql', 'CREATE TABLE b (id int);', { down: 'DROP TABLE b;' }),
    ]);
    expect(partly.roundTrip).toEqual({ down: 'none', differences: ['2.sql has no way back'] });
  });

  it('runs files as their tools would', async () => {
    const report = await verify([
      migration(
        'own.sql',
        'BEGIN;\nALTER TABLE orders ADD COLUMN a int;\nCOMMIT;\nCREATE INDEX CONCURRENTLY ON orders (a);',
      ),
      migration('session.sql', "SET search_path = '';\nSET ROLE pg_database_owner;", { transaction: false }),
      migration('after.sql', 'ALTER TABLE orders ADD COLUMN b int;'),
      migration('loop.sql', 'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;\nCALL p();', {
        transaction: false,
      }),
      migration('value.sql', "ALTER TYPE state ADD VALUE 'sent';\nUPDATE orders SET status = 'sent';", {
        transaction: false,
      }),
      migration('vacuum.sql', 'VACUUM FULL orders;\nREINDEX TABLE CONCURRENTLY customers;', { transaction: false }),
      migration('open.sql', 'BEGIN;\nCREATE TABLE lost (id int);', { transaction: false }),
    ]);
    expect(report.migrations.map(({ file, error }) => [file, error])).toEqual([
      ['own.sql', null],
      ['session.sql', null],
      ['after.sql', null],
      ['loop.sql', null],
      ['value.sql', null],
      ['vacuum.sql', null],
      ['open.sql', 'the transaction that the file begins is never committed'],
    ]);
    expect(report.migrations.find(({ file }) => file === 'vacuum.sql')?.locks).toEqual([
      { relation: 'public.customers', mode: 'ShareUpdateExclusiveLock' },
      { relation: 'public.orders', mode: 'AccessExclusiveLock' },
    ]);
  });

  it('fails on CONCURRENTLY in a wrapped file, as the real tool does', async () => {
    const report = await verify([migration('2.sql', 'SELECT 1;\nCREATE INDEX CONCURRENTLY i ON orders (total);')]);
    expect(report.failed).toMatchObject({
      line: 2,
      code: '25001',
      message: 'CREATE INDEX CONCURRENTLY cannot run inside a transaction block',
    });
  });

  it('loads bundled extensions and says which one is missing', async () => {
    const loaded = await verify([
      migration(
        '2.sql',
        'CREATE EXTENSION IF NOT EXISTS citext;\nCREATE EXTENSION "uuid-ossp";\nCREATE TABLE u (a citext, b uuid DEFAULT uuid_generate_v4());',
      ),
      migration(
        '3.sql',
        'CREATE EXTENSION earthdistance CASCADE;\nCREATE EXTENSION bloom;\nCREATE ROLE reporting;\nCREATE SCHEMA app;',
      ),
    ]);
    expect(loaded).toMatchObject({ failed: null, applied: 3 });

    const missing = await verify([migration('2.sql', 'CREATE EXTENSION postgis;')]);
    expect(missing).toMatchObject({ failed: null, notExecuted: 'extension postgis is missing' });
    const refused = await verify([migration('2.sql', 'CREATE EXTENSION file_fdw;')]);
    expect(refused.notExecuted).toMatch(/^extension file_fdw needs superuser rights/);
  });

  it('starts from the DDL of a schema where there is no history', async () => {
    const report = await engine.verify({
      schema: 'CREATE TABLE cats (id int PRIMARY KEY);',
      base: [],
      migrations: [migration('1.sql', 'ALTER TABLE cats ADD COLUMN name text;')],
      criteria: [{ text: 'filled', sql: 'SELECT count(*) = 20 FROM cats' }],
    });
    expect(report).toMatchObject({ failed: null, applied: 1, criteria: [{ pass: true }] });
  });
});
