import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPgliteEngine } from '../../src/engines/pglite/engine.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Advice } from '../../src/planner/advice.ts';
import { type Judged, judge } from '../../src/planner/optimize/judge.ts';
import { candidates } from '../../src/planner/recipes/optimize.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { catalog } from '../planner/support/goals.ts';
import { migration } from './migrations.ts';

beforeAll(loadParsers);
const engine = createPgliteEngine({ log: silentLog });
afterAll(() => engine.close());

const ddl = `
CREATE TYPE state AS ENUM ('new', 'paid', 'sent', 'lost');
CREATE TABLE customers (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, country char(2) NOT NULL);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers,
  total numeric(8, 2) NOT NULL DEFAULT 0, state state NOT NULL DEFAULT 'new',
  placed_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz, meta jsonb NOT NULL DEFAULT '{}');
CREATE TABLE lines (id bigserial PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, sku varchar(40) NOT NULL);
CREATE INDEX lines_order_id ON lines (order_id);
CREATE TABLE settings (name text PRIMARY KEY, section text NOT NULL);
CREATE TABLE events (at date NOT NULL, kind int NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`;

const rows = {
  'public.customers': 1_000_000,
  'public.orders': 40_000_000,
  'public.lines': 160_000_000,
  'public.settings': 50,
  'public.events': 10_000_000,
};

/** What comes of a query: advice by the engine, and the planner's judgement of it. */
async function asked(query: string, sizes: Readonly<Record<string, number>> = rows) {
  const given = catalog(ddl);
  const goal = { kind: 'optimize', query } as const;
  const indexes = candidates(goal, given)?.indexes.map(({ index }) => index) ?? [];
  const advice = await engine.advise({ base: [migration('1.sql', ddl)], query, candidates: indexes, rows: sizes });
  return { advice, indexes, judged: judge(goal, advice, given) };
}

function chosen(judged: Judged): readonly string[] {
  if ('failure' in judged) throw new Error(judged.failure);
  return judged.optimized.after?.indexes.map(({ ddl: each }) => each.replace(/^CREATE INDEX \S+ /, '')) ?? [];
}

const costs = ({ before, trials }: Advice) => [before.cost, ...trials.map(({ cost }) => cost)];

describe('advice on a query', () => {
  it('tells the planner the size of the table, and what the candidate saves and costs', async () => {
    const { advice, judged } = await asked(
      'SELECT * FROM orders WHERE customer_id = 42 ORDER BY placed_at DESC LIMIT 20',
    );
    expect(advice).not.toHaveProperty('failure');
    // Pages and rows of 40 million: a sequential scan costs a page each and 0.0125 a row (the manual, "Using EXPLAIN").
    expect(advice.before.text).toContain('Seq Scan on orders');
    expect(advice.before.cost).toBeGreaterThan(40_000_000 * 0.0125);
    expect(advice.trials).toMatchObject([{ candidates: [0], used: [0] }]);
    expect(advice.trials[0]?.cost).toBeLessThan(200);
    expect(advice.tables).toEqual([
      { table: 'public.orders', rows: 40_000_000, assumed: false, sampled: expect.any(Number), indexes: 1 },
    ]);
    // As many customers as the size of their table says, so 40 orders each; of states, those that the type has.
    expect(advice.distinct).toMatchObject({ 'public.orders.customer_id': 1_000_000, 'public.orders.state': 4 });
    // Two keys of 8 bytes with their header of 8 and their pointer of 4, in pages nine tenths full.
    expect(advice.candidates[0]?.bytesPerRow).toBeGreaterThanOrEqual(28);
    expect(advice.candidates[0]?.bytesPerRow).toBeLessThan(40);
    expect(advice.candidates[0]?.bytes).toBeGreaterThan(1e9);
    expect(advice.candidates[0]?.walPerRow).toBeGreaterThan(28);
    expect(chosen(judged)).toEqual(['ON orders (customer_id, placed_at)']);
  });

  it('finds that none helps on a small table', async () => {
    const { advice, judged } = await asked("SELECT * FROM settings WHERE section = 'mail'");
    expect(advice.trials).toMatchObject([{ used: [] }]);
    expect(costs(advice)[1]).toBe(costs(advice)[0]);
    expect(chosen(judged)).toEqual([]);
  });

  it('finds that none helps where a quarter of all rows is wanted', async () => {
    const { advice, judged } = await asked("SELECT * FROM orders WHERE state = 'new'");
    expect(advice.trials.map(({ used }) => used)).toEqual([[], []]);
    expect(chosen(judged)).toEqual([]);
  });

  it('sees that the query is served already', async () => {
    const { advice, indexes, judged } = await asked('SELECT * FROM lines WHERE order_id = 7');
    expect(indexes).toEqual([]);
    expect(advice.before.text).toContain('lines_order_id');
    expect(chosen(judged)).toEqual([]);
  });

  it('tries the indexes of several tables together', async () => {
    const { advice, judged } = await asked(
      "SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id JOIN lines l ON l.order_id = o.id WHERE l.sku = 'x' AND c.country = 'fr'",
    );
    expect(advice.tables.map(({ table }) => table).toSorted()).toEqual([
      'public.customers',
      'public.lines',
      'public.orders',
    ]);
    const several = advice.trials.filter(({ candidates: there }) => there.length > 1);
    expect(several.length).toBeGreaterThan(0);
    const best = Math.min(...costs(advice));
    expect(best).toBeLessThan(advice.before.cost / 2);
    expect(several.map(({ cost }) => cost)).toContain(best);
    expect(chosen(judged).length).toBeGreaterThan(0);
  });

  it('prefers a partial index that serves every call, and knows how large it is', async () => {
    const { advice, judged } = await asked('SELECT * FROM orders WHERE customer_id = $1 AND deleted_at IS NULL');
    expect(chosen(judged)).toEqual(['ON orders (customer_id) WHERE deleted_at IS NULL']);
    const [whole, part] = advice.candidates;
    expect(part?.bytes).toBeCloseTo((whole?.bytes ?? 0) / 2, -8);
  });

  it('tries expressions, and says of one that cannot be built why', async () => {
    const lower = await asked("SELECT * FROM customers WHERE lower(name) = 'x'");
    expect(chosen(lower.judged)).toEqual(['ON customers (lower(name))']);
    const cast = await asked("SELECT * FROM orders WHERE placed_at::date = '2024-01-01'");
    expect(cast.advice.candidates[0]?.failure).toContain('IMMUTABLE');
    expect(chosen(cast.judged)).toEqual([]);
  });

  it('takes a covering index where looking rows up is what costs', async () => {
    const { advice, judged } = await asked("SELECT sum(total) FROM orders WHERE customer_id = 42 AND state = 'paid'", {
      ...rows,
      'public.customers': 1_000,
    });
    expect(chosen(judged)).toEqual(['ON orders (customer_id, state) INCLUDE (total)']);
    expect(advice.trials.at(-1)?.text).toContain('Index Only Scan');
  });

  it('knows the partitions of a table', async () => {
    const { advice, judged } = await asked('SELECT * FROM events WHERE kind = 3');
    expect(advice.before.text).toContain('events_2');
    expect(advice.tables).toMatchObject([{ table: 'public.events', rows: 10_000_000, indexes: 0 }]);
    expect(advice.trials[0]?.used).toEqual([0]);
    expect(advice.candidates[0]?.bytes).toBeGreaterThan(100e6);
    expect(chosen(judged)).toEqual(['ON events (kind)']);
  });

  it('says which sizes it assumes', async () => {
    const { advice, judged } = await asked('SELECT * FROM orders WHERE customer_id = 42', {});
    expect(advice.tables).toMatchObject([{ rows: 1_000_000, assumed: true }]);
    expect(advice.distinct).not.toHaveProperty('public.orders.customer_id');
    if ('failure' in judged) throw new Error(judged.failure);
    expect(judged.optimized.unknown.slice(0, 2)).toEqual([
      expect.stringContaining('How many rows orders has'),
      expect.stringContaining('orders.customer_id'),
    ]);
  });

  it('answers in the words of the engine where nothing can be measured', async () => {
    const input = { base: [migration('1.sql', ddl)], candidates: [], rows };
    expect((await engine.advise({ ...input, query: 'SELECT * FROM order_lines' })).failure).toContain('does not exist');
    expect((await engine.advise({ ...input, query: 'DROP TABLE orders' })).failure).toContain('Only SELECT');
    const broken = { ...input, base: [migration('1.sql', 'CREATE TABLE a (b nothing);')] };
    expect((await engine.advise({ ...broken, query: 'SELECT 1' })).failure).toContain(
      'the existing migrations do not run',
    );
  });
});

describe('advice on hostile SQL', () => {
  const input = { candidates: [], rows };

  it('survives a function that reads the table while the query is planned', async () => {
    // The planner calls what is IMMUTABLE with constants, and the table is not as long as it looks.
    const sql = `${ddl}
      CREATE FUNCTION many() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT count(*) FROM orders';`;
    const query = 'SELECT * FROM orders WHERE customer_id = many()';
    const advice = await engine.advise({ ...input, base: [migration('1.sql', sql)], query });
    expect(advice.failure).toMatch(/could not read|invalid page|limit|crash/);
  });

  it('does not measure the table of another owner, and says so', async () => {
    const sql = `${ddl} CREATE ROLE other; GRANT other TO CURRENT_USER; GRANT CREATE ON SCHEMA public TO other;
      ALTER TABLE orders OWNER TO other; REVOKE other FROM CURRENT_USER; `;
    const query = 'SELECT * FROM orders WHERE customer_id = 7';
    const advice = await engine.advise({ ...input, base: [migration('1.sql', sql)], query });
    expect(advice.failure).toContain('permission denied');
  });

  it('takes names as they are', async () => {
    const sql = `CREATE SCHEMA "we ""ird"; CREATE TABLE "we ""ird"."a '; b" ("c '; d" int NOT NULL, e text);`;
    const query = `SELECT * FROM "we ""ird"."a '; b" WHERE "c '; d" = 1`;
    const goal = { kind: 'optimize', query } as const;
    const indexes = candidates(goal, catalog(sql))?.indexes.map(({ index }) => index) ?? [];
    const advice = await engine.advise({ ...input, base: [migration('1.sql', sql)], query, candidates: indexes });
    expect(advice).not.toHaveProperty('failure');
    expect(advice.tables).toMatchObject([{ table: `we "ird.a '; b`, assumed: true }]);
    expect(advice.trials).toMatchObject([{ used: [0] }]);
  });
});

describe('costs at sizes', () => {
  it('are what EXPLAIN answers with when sizes are given', async () => {
    const query = 'SELECT * FROM orders WHERE total > 5';
    const explained = await engine.explain({
      base: [migration('1.sql', ddl)],
      query,
      rows: { 'public.orders': 40_000_000 },
    });
    expect(explained).toMatchObject({
      failed: false,
      sizes: [{ table: 'public.orders', rows: 40_000_000, assumed: false }],
    });
    expect(explained.text).toMatch(/rows=1333\d{4} /);
  });

  it('decide a criterion, and leave the database as it is', async () => {
    const sql = 'SELECT * FROM orders WHERE customer_id = 42';
    const criteria = [
      { text: 'fast', sql, estimate: { atMost: 400, rows } },
      { text: 'impossible', sql, estimate: { atMost: 1, rows } },
      { text: 'no query', sql: 'DROP TABLE orders', estimate: { atMost: 1, rows } },
      { text: 'rows are there', sql: 'SELECT count(*) BETWEEN 1 AND 100 FROM orders' },
    ];
    const base = [migration('1.sql', ddl)];
    const none = await engine.verify({ base, migrations: [], criteria });
    expect(none.criteria.map(({ pass }) => pass)).toEqual([false, false, false, true]);
    const index = migration('2.sql', 'CREATE INDEX o ON orders (customer_id);', { down: 'DROP INDEX o;' });
    const report = await engine.verify({ base, migrations: [index], criteria });
    expect(report.criteria.map(({ pass }) => pass)).toEqual([true, false, false, true]);
    expect(report.criteria.map(({ observed }) => observed)).toEqual([
      expect.stringMatching(/^cost \d/),
      expect.stringMatching(/^cost \d/),
      expect.stringContaining('Only SELECT'),
      'true',
    ]);
    expect(report.roundTrip).toEqual({ down: 'ok', differences: [] });
  });
});
