import { beforeAll, describe, expect, it } from 'vitest';
import type { Advice, Trial } from '../../src/planner/advice.ts';
import { choose } from '../../src/planner/optimize/choose.ts';
import { judge } from '../../src/planner/optimize/judge.ts';
import { type Candidates, candidates } from '../../src/planner/recipes/optimize.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { renderChange } from '../../src/sql/render.ts';
import { catalog } from './support/goals.ts';

beforeAll(loadParsers);

const schema = `
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE TYPE state AS ENUM ('new', 'paid');
  CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name varchar(80) NOT NULL, active boolean NOT NULL);
  CREATE TABLE orders (
    id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, state state NOT NULL,
    channel text NOT NULL CHECK (channel IN ('web', 'shop')), note text, placed_at timestamptz NOT NULL,
    meta jsonb NOT NULL, tags text[] NOT NULL, body tsvector, deleted_at timestamptz);
  CREATE INDEX orders_placed_at ON orders (placed_at);`;

function tried(query: string, ddl = schema): readonly string[] | undefined {
  return candidates({ kind: 'optimize', query }, catalog(ddl))?.indexes.map(({ index: { name: _name, ...index } }) =>
    renderChange({ kind: 'create-index', index, concurrently: false, ifNotExists: false }).replace(
      'CREATE INDEX ON ',
      '',
    ),
  );
}

describe('the indexes that are tried', () => {
  const rows: readonly (readonly [why: string, query: string, indexes: readonly string[] | undefined])[] = [
    [
      'equality, then the order',
      'SELECT * FROM orders WHERE customer_id = 1 ORDER BY placed_at DESC LIMIT 10',
      ['orders (customer_id, placed_at)'],
    ],
    [
      'equality, without and with one range',
      'SELECT * FROM orders WHERE placed_at > now() AND customer_id = $1',
      ['orders (customer_id)', 'orders (customer_id, placed_at)'],
    ],
    [
      'order or range, where they differ',
      'SELECT * FROM orders WHERE customer_id = 1 AND id > 5 ORDER BY placed_at',
      ['orders (customer_id, placed_at)', 'orders (customer_id, id)'],
    ],
    [
      'mixed directions',
      'SELECT * FROM orders ORDER BY customer_id, placed_at DESC LIMIT 3',
      ['orders (customer_id, placed_at DESC)'],
    ],
    [
      'all that is read, beside what is compared',
      'SELECT note FROM orders WHERE customer_id = 1',
      ['orders (customer_id)', 'orders (customer_id) INCLUDE (note)'],
    ],
    [
      'partial, for what is true or false whatever the query is called with',
      'SELECT * FROM orders WHERE customer_id = 42 AND deleted_at IS NULL',
      ['orders (customer_id)', 'orders (customer_id) WHERE deleted_at IS NULL'],
    ],
    [
      'partial, for a constant of few values only',
      "SELECT * FROM orders WHERE note = 'x' AND state = 'new' AND channel IN ('web')",
      ['orders (note, state, channel)', "orders (note) WHERE state = 'new' AND channel IN ('web')"],
    ],
    [
      'partial, with the key to pick rows off by where nothing else is asked for',
      'SELECT * FROM customers WHERE NOT active',
      ['customers (id) WHERE NOT active'],
    ],
    [
      'an expression',
      "SELECT * FROM customers c WHERE lower(c.name) = 'x' AND c.active",
      ['customers (lower(name))', 'customers (lower(name)) WHERE active'],
    ],
    ['a cast', "SELECT * FROM orders WHERE note::date = '2024-01-01'", ['orders ((note::date))']],
    ['a member of a document', "SELECT * FROM orders WHERE meta ->> 'ref' = $1", ["orders ((meta ->> 'ref'))"]],
    [
      'the beginning of a text',
      "SELECT * FROM customers WHERE name LIKE 'Sm%'",
      ['customers (name varchar_pattern_ops)'],
    ],
    ['a text anywhere', "SELECT * FROM customers WHERE name ILIKE '%sm%'", ['customers USING gin (name gin_trgm_ops)']],
    [
      'what a document, an array or a text holds',
      "SELECT * FROM orders WHERE meta @> '{}' AND meta ? 'a' AND tags && '{a}' AND body @@ to_tsquery('x')",
      [
        'orders USING gin (meta jsonb_path_ops)',
        'orders USING gin (meta)',
        'orders USING gin (tags)',
        'orders USING gin (body)',
      ],
    ],
    [
      'either side of a join',
      "SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.name = 'x'",
      ['customers (name)', 'orders (customer_id)', 'customers (id, name)'],
    ],
    [
      'inside of a subquery, with what it takes from around as a value',
      'SELECT name FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND o.note = $1)',
      ['orders (customer_id, note)'],
    ],
    ['nothing, where a key finds one row', "SELECT * FROM customers WHERE email = 'a@b.c' AND active", []],
    ['nothing, where an index does it', 'SELECT * FROM orders WHERE placed_at > now()', []],
    ['nothing for OR', 'SELECT * FROM orders WHERE customer_id = 1 OR note = $1', []],
    [
      'nothing for a WITH query of the same name',
      'WITH orders AS (SELECT 1 AS note) SELECT * FROM orders WHERE note = 2',
      [],
    ],
    ['not what is no query', 'DELETE FROM orders WHERE note = $1', undefined],
    ['not what cannot be read', 'SELECT FROM WHERE', undefined],
  ];
  it.each(rows)('%s', (_why, query, indexes) => expect(tried(query)).toEqual(indexes));

  it('have names of their own, and never more than the engine has time for', () => {
    const query = `SELECT note FROM orders WHERE deleted_at IS NULL AND customer_id = 1`;
    const names = candidates({ kind: 'optimize', query }, catalog(schema))?.indexes.map(({ index }) => index.name);
    expect(names).toEqual([
      'orders_customer_id_idx',
      'orders_customer_id_partial_idx',
      'orders_customer_id_note_deleted_at_idx',
    ]);
    const tables = Array.from({ length: 30 }, (_, at) => `CREATE TABLE t${at} (a int, b int);`).join('\n');
    const joins = Array.from({ length: 29 }, (_, at) => `JOIN t${at + 1} ON t${at + 1}.a = t${at}.b`).join(' ');
    expect(tried(`SELECT * FROM t0 ${joins}`, tables)).toHaveLength(16);
  });

  it('says what would be needed for a text anywhere', () => {
    const without = catalog('CREATE TABLE customers (name text);');
    const goal = { kind: 'optimize', query: "SELECT * FROM customers WHERE name LIKE '%x'" } as const;
    expect(candidates(goal, without)).toEqual({ indexes: [], needs: [expect.stringContaining('pg_trgm')] });
  });
});

const estimate = (cost: number) => ({ cost, rows: 1, text: '' });
const trial = (cost: number, there: readonly number[], used = there): Trial => ({
  ...estimate(cost),
  candidates: there,
  used,
});

function advice(trials: readonly Trial[], bytes: readonly number[]): Advice {
  return {
    engineVersion: '18',
    before: estimate(1_000),
    trials,
    candidates: bytes.map((each) => ({ bytes: each, bytesPerRow: 1, walPerRow: 1 })),
    tables: [{ table: 'public.orders', rows: 40_000_000, assumed: false, sampled: 100, indexes: 2 }],
    distinct: {},
  };
}

describe('the choice', () => {
  const of = (count: number, constants: readonly number[] = []): Candidates => ({
    needs: [],
    indexes: Array.from({ length: count }, (_, at) => ({
      index: {
        name: `i${at}`,
        table: { name: 'orders' },
        method: 'btree',
        keys: [{ column: 'id' }],
        include: [],
        unique: false,
      },
      ...(constants.includes(at) ? { constant: "state = 'new'" } : {}),
    })),
  });

  it('is the smallest index of those that save nearly as much', () => {
    const { best, rejected } = choose(advice([trial(10, [0]), trial(1, [1]), trial(500, [2])], [5, 9, 1]), of(3));
    expect(best?.candidates).toEqual([0]);
    expect(rejected.map((each) => each.candidates)).toEqual([[1], [2]]);
  });

  it('is not one that leaves the query many times slower than the best', () => {
    expect(choose(advice([trial(40, [0]), trial(1, [1])], [1, 9]), of(2)).best?.candidates).toEqual([1]);
  });

  it('is none where a fifth of the cost is not saved, or the planner does not read what was built', () => {
    expect(choose(advice([trial(900, [0]), trial(1, [1], [])], [1, 1]), of(2))).toEqual({ rejected: [] });
    expect(choose(advice([], []), of(0))).toEqual({ rejected: [] });
  });

  it('is an index for one constant only where nothing else saves as much', () => {
    expect(choose(advice([trial(10, [0]), trial(9, [1])], [9, 1]), of(2, [1])).best?.candidates).toEqual([0]);
    expect(choose(advice([trial(700, [0]), trial(9, [1])], [9, 1]), of(2, [1])).best?.candidates).toEqual([1]);
  });
});

describe('the judgement', () => {
  const query = 'SELECT * FROM orders WHERE customer_id = 42 ORDER BY placed_at';

  it('says what is built, what it costs, what it makes needless and what a review can ask the planner', () => {
    const given = catalog(schema, 'CREATE INDEX orders_customer ON orders (customer_id);');
    const judged = judge({ kind: 'optimize', query, targetMs: 50 }, advice([trial(100, [0])], [77]), given);
    expect(judged).toMatchObject({
      chosen: [{ name: 'orders_customer_id_placed_at_idx' }],
      criterion: { sql: query, estimate: { atMost: 200, rows: { 'public.orders': 40_000_000 } } },
      optimized: {
        targetMs: 50,
        after: { cost: 100, indexes: [{ bytes: 77, indexes: 3, newlyIndexed: [], covers: ['orders_customer'] }] },
        unknown: [expect.stringContaining('orders.customer_id'), expect.anything(), expect.anything()],
      },
    });
  });

  it('says why nothing was measured', () => {
    const failed = { ...advice([], []), failure: 'no engine' };
    expect(judge({ kind: 'optimize', query }, failed, catalog(schema))).toEqual({
      failure: 'it could not be measured: no engine',
    });
    expect(judge({ kind: 'optimize', query: 'DROP TABLE orders' }, failed, catalog(schema))).toEqual({
      failure: 'it cannot be read as one SELECT',
    });
  });
});
