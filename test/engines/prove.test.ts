import { afterAll, describe, expect, it } from 'vitest';
import { createPgliteEngine } from '../../src/engines/pglite/engine.ts';
import { keepingLog, migration, shop, step } from './migrations.ts';

const log = keepingLog();
const engine = createPgliteEngine({ log });
afterAll(() => engine.close());

describe('prove', () => {
  it('reaches what is desired, on rows, and goes back', async () => {
    const proof = await engine.prove({
      base: shop,
      desired: [
        'ALTER TABLE orders ADD COLUMN note text NOT NULL',
        'CREATE INDEX CONCURRENTLY orders_note ON orders (note)',
      ],
      steps: [
        step(
          1,
          ["ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT ''"],
          ['ALTER TABLE orders DROP COLUMN note'],
        ),
        step(2, ['ALTER TABLE orders ALTER COLUMN note DROP DEFAULT'], []),
        step(3, ['CREATE INDEX CONCURRENTLY orders_note ON orders (note)'], ['DROP INDEX CONCURRENTLY orders_note'], {
          transaction: false,
        }),
      ],
    });
    expect(proof).toEqual({
      applied: true,
      reachedDesired: true,
      reverted: true,
      engineVersion: expect.stringMatching(/^18/),
      ms: expect.any(Number),
      rows: 40,
      locks: {
        1: [{ relation: 'public.orders', mode: 'AccessExclusiveLock' }],
        2: [{ relation: 'public.orders', mode: 'AccessExclusiveLock' }],
        3: [{ relation: 'public.orders', mode: 'ShareUpdateExclusiveLock' }],
      },
      rewrites: { 1: [], 2: [], 3: [] },
      differences: [],
    });
  });

  it('says how the outcome differs from what was desired and from the start', async () => {
    const proof = await engine.prove({
      base: shop,
      desired: ['ALTER TABLE orders ADD COLUMN note text'],
      steps: [
        step(
          1,
          ['ALTER TABLE orders ADD COLUMN note varchar(40), ADD COLUMN extra int'],
          ['ALTER TABLE orders DROP COLUMN note'],
        ),
      ],
    });
    expect(proof).toMatchObject({
      applied: true,
      reachedDesired: false,
      reverted: false,
      differences: [
        'after the last step, column public.orders.extra is extra',
        'after the last step, column public.orders.note is "character varying(40)" instead of "text"',
        'after going back, column public.orders.extra is extra',
      ],
    });
  });

  it('names the step that fails on the rows that are there', async () => {
    const proof = await engine.prove({
      base: shop,
      desired: ['ALTER TABLE orders ADD COLUMN note text NOT NULL'],
      steps: [
        step(1, ['ALTER TABLE orders ADD COLUMN note text'], []),
        step(2, ['ALTER TABLE orders ALTER COLUMN note SET NOT NULL'], []),
      ],
    });
    expect(proof).toMatchObject({
      applied: false,
      failure: {
        step: 2,
        statement: 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL',
        message: 'column "note" of relation "orders" contains null values (23502)',
      },
    });
  });

  it('is about the statements where the plan says that rows may stand against it', async () => {
    const steps = [
      step(1, ['ALTER TABLE orders ADD UNIQUE (status)'], ['ALTER TABLE orders DROP CONSTRAINT orders_status_key']),
    ];
    const desired = ['ALTER TABLE orders ADD UNIQUE (status)'];
    const silent = await engine.prove({ base: shop, desired, steps });
    expect(silent).toMatchObject({
      applied: false,
      rows: 40,
      failure: { step: 1, message: expect.stringContaining('23505') },
    });
    const said = steps.map((each) => ({ ...each, hazards: ['may-fail-on-existing-rows' as const] }));
    const proof = await engine.prove({ base: shop, desired, steps: said });
    expect(proof).toMatchObject({ applied: true, reachedDesired: true, reverted: true, rows: 0 });
  });

  it('does not claim that deleted data came back', async () => {
    const proof = await engine.prove({
      base: shop,
      desired: ['ALTER TABLE orders DROP COLUMN total'],
      steps: [
        step(
          1,
          ['ALTER TABLE orders DROP COLUMN total'],
          ['ALTER TABLE orders ADD COLUMN total numeric(8, 2) NOT NULL DEFAULT 0'],
          {
            hazards: ['deletes-data'],
          },
        ),
      ],
    });
    expect(proof).toMatchObject({ applied: true, reachedDesired: true, reverted: null, differences: [] });
  });

  it('says when the base or the desired state is what fails', async () => {
    const base = await engine.prove({ base: [migration('1.sql', '\nDROP TABLE x;')], desired: [], steps: [] });
    expect(base.failure).toEqual({
      step: 0,
      statement: 'DROP TABLE x',
      message: 'the existing migrations do not run: 1.sql:2: table "x" does not exist (42P01)',
    });
    const desired = await engine.prove({ base: shop, desired: ['ALTER TABLE x ADD y int'], steps: [] });
    expect(desired.failure).toMatchObject({
      step: 0,
      message: expect.stringContaining('the desired state cannot be made'),
    });
  });

  it('fills tables with awkward constraints, and names the one that it cannot fill', async () => {
    const proof = await engine.prove({
      base: [],
      schema: `
        CREATE DOMAIN code AS varchar(4) CHECK (VALUE ~ '^[A-Z]{3}$');
        CREATE TABLE "Odd Name" ("Key" uuid PRIMARY KEY, "select" text[] NOT NULL, when_ daterange NOT NULL, mac macaddr NOT NULL);
        CREATE TABLE regions (code code PRIMARY KEY, flag bit(6) NOT NULL, meta jsonb NOT NULL CHECK (jsonb_typeof(meta) = 'array'));
        CREATE TABLE staff (
          id int PRIMARY KEY CHECK (id > 100), boss int NOT NULL REFERENCES staff, region code NOT NULL REFERENCES regions,
          rank text NOT NULL CHECK (rank IN ('junior', 'senior')), pay numeric(4, 2) NOT NULL CHECK (pay BETWEEN 10 AND 99),
          mail varchar(20) UNIQUE NOT NULL CHECK (mail LIKE '%@%'), short char(2) NOT NULL, tiny numeric(2, 2) NOT NULL
        );
        CREATE TABLE pair (a int, b uuid REFERENCES "Odd Name" ("Key"), PRIMARY KEY (a, b));
        CREATE TABLE part (id int, at timestamptz NOT NULL) PARTITION BY RANGE (at);
        CREATE TABLE part_2024 PARTITION OF part FOR VALUES FROM ('2023-12-01') TO ('2025-01-01');
        CREATE TABLE sums (a int NOT NULL, b int GENERATED ALWAYS AS (a * 2) STORED);
        CREATE TABLE never (id int NOT NULL CHECK (id <> id));`,
      desired: [],
      steps: [],
    });
    expect(proof.failure).toBeUndefined();
    expect(log.lines.flatMap(({ facts }) => ('tables' in facts ? facts.tables : []))).toEqual(['public.never']);
    expect(proof.rows).toBe(6 * 20);
  });
});

describe('explain', () => {
  it('describes a query without running it, placeholders included', async () => {
    const read = await engine.explain({ base: shop, query: 'SELECT * FROM orders WHERE customer_id = $1;' });
    expect(read).toEqual({ failed: false, text: expect.stringContaining('Seq Scan on orders') });
    const write = await engine.explain({ base: shop, query: 'WITH c AS (SELECT 1) DELETE FROM orders' });
    expect(write).toEqual({ failed: false, text: expect.stringContaining('Delete on orders') });
    const unknown = await engine.explain({ base: shop, query: 'SELECT * FROM order_lines' });
    expect(unknown).toEqual({ failed: true, text: 'relation "order_lines" does not exist (42P01)' });
  });

  it.each([
    ['two statements', 'SELECT 1; DROP TABLE orders'],
    ['ANALYZE, which would run it', 'EXPLAIN ANALYZE DELETE FROM orders'],
    ['what is no query', 'DROP TABLE orders'],
    ['what cannot be read', 'SELEC 1'],
    ['nothing', '  -- nothing'],
  ])('refuses %s', async (_, query) => {
    expect((await engine.explain({ base: [], query })).failed).toBe(true);
  });
});
