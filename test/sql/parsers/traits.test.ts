import { beforeAll, describe, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

function changesOf(sql: string) {
  const { statements, errors } = parse(sql, 'postgresql');
  expect(errors).toEqual([]);
  return statements.flatMap(({ changes }) => changes);
}

/** Each trait in a few words: its kind, and the column, table or expression that it is about. */
function traitsOf(sql: string): readonly string[] {
  return changesOf(sql).flatMap((change) =>
    ('traits' in change ? (change.traits ?? []) : []).map((trait) => {
      const column = 'column' in trait ? [trait.column ?? '?'] : [];
      const table = 'table' in trait && trait.table !== undefined ? [trait.table.name] : [];
      const rest = trait.kind === 'function-on-column' ? [`${trait.function}: ${trait.expression}`] : [];
      const call = trait.kind === 'outside-call' ? [trait.function, ...trait.arguments] : [];
      return [trait.kind, ...table, ...column, ...rest, ...call].join(' ');
    }),
  );
}

const traits: readonly (readonly [sql: string, traits: readonly string[]])[] = [
  ["SELECT a FROM t WHERE a LIKE '%x'", ['leading-wildcard t a']],
  ["SELECT a FROM t WHERE b = 1 AND (c OR a ILIKE '_x')", ['leading-wildcard t a']],
  ["SELECT a FROM t WHERE a LIKE 'x%'", []],
  ["SELECT a FROM t WHERE a LIKE '%'", []],
  ["SELECT a FROM t WHERE a NOT LIKE '%x'", []],
  ["SELECT a FROM t WHERE a LIKE '%' || $1", ['leading-wildcard t a']],
  ["SELECT a FROM t WHERE a LIKE concat('%', $1, '%')", ['leading-wildcard t a']],
  ["SELECT a FROM t WHERE a LIKE $1 || '%'", []],
  ["SELECT a LIKE '%x' FROM t", []],
  ["SELECT x.a FROM s.t AS x JOIN u ON x.a LIKE '%' || u.b", ['leading-wildcard t a']],
  ["SELECT x.a FROM s.t AS x JOIN u ON true WHERE x.a LIKE '%b'", ['leading-wildcard t a']],
  ["SELECT a FROM t, u WHERE a LIKE '%b'", ['leading-wildcard a']],
  ["SELECT a FROM t WHERE EXISTS (SELECT FROM u WHERE t.a LIKE '%b')", ['leading-wildcard t a']],
  ["SELECT a FROM t WHERE lower(a) LIKE '%b'", ['function-on-column t a lower: lower(a)', 'leading-wildcard t a']],
  ["UPDATE t SET b = 1 WHERE a LIKE '%x'", ['leading-wildcard t a']],
  ["DELETE FROM t USING u WHERE t.a LIKE '%x'", ['leading-wildcard t a']],
  ["CREATE VIEW v AS SELECT a FROM t WHERE a LIKE '%x'", ['leading-wildcard t a']],
  ["CREATE MATERIALIZED VIEW v AS SELECT a FROM t WHERE a LIKE '%x'", ['leading-wildcard t a']],

  ["SELECT a FROM t WHERE lower(t.a) = 'x'", ['function-on-column t a lower: lower(a)']],
  ["SELECT a FROM s.t WHERE 'x' = lower(s.t.a)", ['function-on-column t a lower: lower(a)']],
  [
    "SELECT a FROM t WHERE date_trunc('day', a) = '2024-01-01'",
    ["function-on-column t a date_trunc: date_trunc('day', a)"],
  ],
  ["SELECT a FROM t WHERE a::date = '2024-01-01'", ['function-on-column t a date: a::date']],
  ["SELECT a FROM t WHERE CAST(a AS date) >= '2024-01-01'", ['function-on-column t a date: a::date']],
  ['SELECT a FROM t WHERE coalesce(a, 0) IN (1, 2)', ['function-on-column t a coalesce: coalesce(a, 0)']],
  ['SELECT a FROM t JOIN u ON lower(t.a) = u.b', ['function-on-column t a lower: lower(a)']],
  ['SELECT a FROM t WHERE extract(year FROM t.a) = 2024', ['function-on-column t a extract: extract(year FROM a)']],
  [
    "SELECT a FROM t WHERE a AT TIME ZONE 'UTC' > '2024-01-01'",
    ["function-on-column t a timezone: a AT TIME ZONE 'UTC'"],
  ],
  [
    "SELECT a FROM t WHERE substring(a FROM 1 FOR 3) = 'abc'",
    ['function-on-column t a substring: substring(a FROM 1 FOR 3)'],
  ],
  ["SELECT a FROM t WHERE lower(trim(t.a)) = 'abc'", ['function-on-column t a lower: lower(trim(a))']],
  ["SELECT a FROM t WHERE (a ->> 'x')::int = 5", []],
  ["SELECT a FROM t WHERE a BETWEEN lower('A') AND upper('b')", []],
  ['SELECT a FROM t WHERE a IN (SELECT lower(b) FROM u)', []],
  ['SELECT a FROM t WHERE lower(a) IN (SELECT b FROM u)', []],
  ["SELECT a FROM t WHERE lower(a) = ANY (ARRAY['x'])", ['function-on-column t a lower: lower(a)']],
  ['SELECT a FROM t WHERE current_date = a', []],
  ['SELECT a FROM t WHERE "Lower"."A" = 1', []],
  ['SELECT a FROM t WHERE upper("t"."A") = 1', ['function-on-column t A upper: upper("A")']],
  ['SELECT a FROM t WHERE a * 2 > 10', ['function-on-column t a *: a * 2']],
  ['SELECT a FROM t WHERE 1.5 + t.a = 10', ['function-on-column t a +: 1.5 + a']],
  ['SELECT a FROM t WHERE a + b > 10', []],
  ['SELECT a FROM t WHERE a > 10 - 2', []],
  ['SELECT a FROM t WHERE a = NULL', ['equals-null']],
  ['SELECT a FROM t WHERE b AND NOT (NULL <> a)', ['equals-null']],
  ['CREATE TABLE u AS SELECT a FROM t WHERE a = NULL', ['equals-null']],
  ['CREATE TABLE u AS SELECT * FROM t', []],
  ['SELECT a FROM t WHERE a IS NULL', []],
  ['SELECT a FROM t WHERE a IS DISTINCT FROM NULL', []],
  ['UPDATE t SET a = NULL WHERE b = 1', []],
  ["SELECT a FROM t WHERE a = lower('X')", []],
  ["SELECT a FROM t WHERE lower(a) <> 'x'", []],
  ["SELECT a FROM t WHERE concat(a, b) = 'x'", []],
  ["SELECT lower(a) = 'x' FROM t", []],
  ['SELECT max(a) FROM t HAVING max(a) = 1', []],

  ['SELECT * FROM t', ['select-star']],
  ['SELECT x.* FROM t x', ['select-star']],
  ['SELECT 1 FROM t UNION ALL SELECT * FROM t', ['select-star']],
  ['SELECT count(*) FROM t', []],
  ['SELECT a FROM t WHERE EXISTS (SELECT * FROM u)', []],
  ['SELECT * FROM (SELECT a, b FROM t) x', []],
  ['SELECT * FROM (SELECT * FROM t) x', ['select-star']],
  ['WITH x AS (SELECT a FROM t) SELECT * FROM x', []],
  ['WITH x AS (SELECT * FROM t), y AS (SELECT * FROM x) SELECT * FROM y', ['select-star']],
  ['WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT * FROM x) SELECT * FROM x', []],
  ['WITH x AS (SELECT a FROM t) SELECT x.* FROM x JOIN u ON true', []],
  ['SELECT * FROM generate_series(1, 2)', []],
  ['WITH x AS (SELECT a FROM t) SELECT 1 UNION SELECT * FROM x', []],
  ['WITH x AS (SELECT 1 UNION SELECT * FROM t) SELECT * FROM x', ['select-star']],
  ['INSERT INTO t WITH x AS (SELECT a FROM u) SELECT * FROM x', []],
  ['INSERT INTO t SELECT * FROM u', ['select-star']],
  ['CREATE VIEW v AS SELECT * FROM t', ['select-star']],

  ['SELECT a FROM t ORDER BY random() LIMIT 1', ['order-by-random']],
  ['SELECT a FROM t ORDER BY -log(random()) / b', ['order-by-random']],
  ['SELECT a FROM (SELECT b FROM t ORDER BY random()) x', ['order-by-random']],
  ['SELECT a FROM t TABLESAMPLE system (1) ORDER BY random()', []],
  ['SELECT a FROM generate_series(1, 9) a ORDER BY random()', []],

  ['SELECT a FROM t WHERE a NOT IN (SELECT b FROM u)', ['not-in-subquery u b']],
  ['SELECT a FROM t WHERE a <> ALL (SELECT u.b FROM u)', ['not-in-subquery u b']],
  ['SELECT a FROM t WHERE NOT (a = ANY (SELECT b FROM u))', ['not-in-subquery u b']],
  ['SELECT a FROM t WHERE a NOT IN (SELECT b FROM u WHERE b IS NOT NULL)', []],
  ['SELECT a FROM t WHERE a NOT IN (SELECT b FROM u WHERE c = 1 AND b > 5)', []],
  ['SELECT a FROM t WHERE a NOT IN (SELECT coalesce(b, 0) FROM u)', []],
  ['SELECT a FROM t WHERE a NOT IN (SELECT u.b FROM u LEFT JOIN v ON true)', ['not-in-subquery']],
  ['SELECT a FROM t WHERE a NOT IN (1, 2)', []],
  ['SELECT a FROM t WHERE a IN (SELECT b FROM u)', []],
  ['SELECT a FROM t WHERE NOT EXISTS (SELECT b FROM u)', []],
  ['DELETE FROM t WHERE a NOT IN (SELECT b FROM u)', ['not-in-subquery u b']],

  ["SELECT dblink_exec('host=x', 'DROP TABLE y')", ['outside-call dblink_exec host=x DROP TABLE y']],
  ["INSERT INTO t VALUES (pg_read_file('/etc/passwd'))", ['outside-call pg_read_file /etc/passwd']],
  ["SELECT 'dblink'", []],
];

describe('traits of queries', () => {
  it.each(traits)('%s: %j', (sql, expected) => {
    expect(traitsOf(sql)).toEqual(expected);
  });
});

function boundsOf(sql: string): readonly string[] {
  return changesOf(sql).flatMap((change) =>
    change.kind === 'write-data'
      ? (change.bounds ?? []).map((bound) => ('column' in bound ? `${bound.kind} ${bound.column}` : bound.kind))
      : [],
  );
}

const bounds: readonly (readonly [sql: string, bounds: readonly string[]])[] = [
  ['UPDATE t SET a = 1 WHERE id = 5 AND b IS NULL', ['equal id']],
  ['UPDATE t SET a = 1 WHERE 5 >= t.id', ['below id']],
  ['UPDATE t SET a = 1 WHERE id BETWEEN 1 AND 10', ['above id', 'below id']],
  ['UPDATE t SET a = 1 WHERE id NOT BETWEEN 1 AND 10', []],
  ['UPDATE t SET a = 1 WHERE id IN (1, 2)', ['equal id']],
  ['UPDATE t SET a = 1 WHERE id NOT IN (1, 2)', []],
  ["UPDATE t SET a = 1 WHERE lower(b) = 'x'", ['equal b']],
  ["UPDATE t SET a = 1 WHERE b ->> 'kind' = 'x'", ['equal b']],
  ['UPDATE t SET a = 1 WHERE coalesce(b, false) = false', []],
  ['UPDATE t SET a = 1 WHERE b = c + 1', ['equal b']],
  ["UPDATE t SET a = 1 WHERE b LIKE 'x%'", ['above b', 'below b']],
  ["UPDATE t SET a = 1 WHERE b LIKE '%x'", []],
  ['UPDATE t SET a = 1 WHERE id = ANY ($1)', ['equal id']],
  ['UPDATE t SET a = 1 WHERE (id, b) IN ((1, 2), (3, 4))', ['equal id', 'equal b']],
  ['UPDATE t SET a = 1 WHERE id = 1 OR id = 2', ['equal id']],
  ['UPDATE t SET a = 1 WHERE id = 1 OR b IS NULL', []],
  ['UPDATE t SET a = 1 WHERE active = true', []],
  ['UPDATE t SET a = 1 WHERE a IS NULL', []],
  ['UPDATE t SET a = 1 WHERE true', []],
  ['UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t WHERE a IS NULL LIMIT 1000)', ['limit']],
  ['UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t WHERE a IS NULL LIMIT ALL)', []],
  ['UPDATE t SET a = 1 WHERE ctid = ANY (ARRAY(SELECT ctid FROM t LIMIT 1000))', ['limit']],
  ['UPDATE t SET a = 1 WHERE id IN (SELECT t_id FROM u WHERE code = 7)', ['limit']],
  ['UPDATE t SET a = 1 WHERE id IN (SELECT t_id FROM u)', []],
  ['UPDATE t SET a = u.a FROM u WHERE t.u_id = u.id', []],
  ['UPDATE t SET a = u.a FROM u WHERE t.u_id = u.id AND u.code = 7', ['equal code']],
  ['UPDATE t SET a = v.a FROM (VALUES (1, 2)) AS v (id, a) WHERE t.id = v.id', ['limit']],
  ['WITH b AS (SELECT id FROM t LIMIT 9) UPDATE t SET a = 1 FROM b WHERE t.id = b.id', ['limit']],
  ['WITH b AS (SELECT id FROM t LIMIT 9) DELETE FROM t USING b WHERE t.id = b.id', ['limit']],
  ['WITH b AS (SELECT id FROM t LIMIT 9) UPDATE t SET a = 1 WHERE id IN (SELECT id FROM b)', ['limit']],
  ['WITH RECURSIVE b AS (SELECT id FROM t UNION SELECT id FROM b) DELETE FROM t USING b WHERE t.id = b.id', []],
  [
    'DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM t LOOP UPDATE t SET a = 1 WHERE id = r.id; END LOOP; END $$',
    ['equal id'],
  ],
  ['DO $$ DECLARE n int; BEGIN UPDATE t SET a = 1 WHERE id > n AND id <= n + 1000; END $$', ['above id', 'below id']],
  ['INSERT INTO t SELECT a FROM u WHERE id = 1', ['equal id']],
  ['INSERT INTO t SELECT a FROM u LIMIT 5', ['limit']],
  ['INSERT INTO t SELECT count(*) FROM u', ['limit']],
  ['INSERT INTO t SELECT b, count(*) FROM u GROUP BY b', []],
  ['INSERT INTO t SELECT a FROM u WHERE id = 1 UNION SELECT a FROM w', []],
];

describe('what bounds a write', () => {
  it.each(bounds)('%s: %j', (sql, expected) => {
    expect(boundsOf(sql)).toEqual(expected);
  });

  it('is found in a moment where WITH queries name each other again and again', () => {
    const chain = Array.from({ length: 200 }, (_, at) => `q${at + 1} AS (SELECT * FROM q${at} a, q${at} b)`);
    const sql = `WITH q0 AS (SELECT * FROM t), ${chain.join(', ')} UPDATE t SET a = 1 FROM q200 WHERE t.id = q200.id`;
    expect(boundsOf(sql)).toEqual([]);
  });
});

it.each([
  ['EXPLAIN ANALYZE DELETE FROM t', ['write-data']],
  ['EXPLAIN (ANALYZE, BUFFERS) UPDATE t SET a = 1', ['write-data']],
  ['EXPLAIN (ANALYZE off) DELETE FROM t', ['other']],
  ['EXPLAIN DELETE FROM t', ['other']],
  ['EXPLAIN ANALYZE CREATE TABLE u AS SELECT 1', ['create-table']],
])('%s does %j', (sql, kinds) => {
  expect(changesOf(sql).map(({ kind }) => kind)).toEqual(kinds);
});

it('reads what a write names', () => {
  const [insert, update, merge, copy, truncate] = changesOf(
    `INSERT INTO t (a, b) VALUES (1, 2), (3, 4);
     UPDATE t SET (a, b) = (1, 2), c = u.c FROM s.u;
     MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = 1;
     COPY t (a) FROM PROGRAM 'cat x';
     TRUNCATE t CASCADE;`,
  );
  expect(insert).toMatchObject({ columns: ['a', 'b'], values: 2 });
  expect(update).toMatchObject({ sets: ['a', 'b', 'c'], sources: [{ schema: 's', name: 'u' }] });
  expect(merge).toMatchObject({ verb: 'update', sets: ['a'], where: 't.id = u.id', sources: [{ name: 'u' }] });
  expect(copy).toMatchObject({ columns: ['a'], program: true });
  expect(truncate).toMatchObject({ cascade: true });
});
