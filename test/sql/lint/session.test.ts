import { beforeAll, describe, expect, it } from 'vitest';
import { draftOf } from '../../../src/sql/apply/draft.ts';
import { applyTo, catalogOf } from '../../../src/sql/apply/index.ts';
import { locksOf, modeWords } from '../../../src/sql/facts/locks/index.ts';
import { milliseconds } from '../../../src/sql/lint/durations.ts';
import { after, type Session, startOfFile } from '../../../src/sql/lint/session.ts';
import { display } from '../../../src/sql/name.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const schema = 'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE TABLE items (id bigint PRIMARY KEY);';

/** The session after a text. */
function sessionAfter(sql: string, inTransaction = false): Session {
  const draft = draftOf(catalogOf('postgresql', [parse(schema, 'postgresql')]).catalog);
  const { statements, errors } = parse(sql, 'postgresql');
  expect(errors).toEqual([]);
  return statements
    .flatMap(({ changes }) => changes)
    .reduce(
      (session, change) => {
        const next = after(session, change, () => locksOf(change, draft, 15));
        applyTo(draft, change);
        return next;
      },
      startOfFile(inTransaction, draft.settings),
    );
}

describe('timeouts in force', () => {
  it.each<[sql: string, lockTimeout: number | undefined]>([
    ["SET lock_timeout = '2s'", 2_000],
    ['SET lock_timeout TO 500', 500],
    ["SET SESSION lock_timeout = '1min'", 60_000],
    ['SET lock_timeout = 0', 0],
    ["SET lock_timeout = '2s'; SET lock_timeout = DEFAULT", undefined],
    ["SET lock_timeout = '2s'; RESET ALL", undefined],
    ["SET lock_timeout = '2s'; DISCARD ALL", undefined],
    ["SET lock_timeout = '2s'; DISCARD PLANS", 2_000],
    ["SET LOCAL lock_timeout = '2s'", undefined],
    ["BEGIN; SET LOCAL lock_timeout = '2s'", 2_000],
    ["BEGIN; SET LOCAL lock_timeout = '2s'; COMMIT", undefined],
    ["SET lock_timeout = '2s'; BEGIN; SET LOCAL lock_timeout = 0", 0],
    ["SET lock_timeout = '2s'; BEGIN; SET LOCAL lock_timeout = DEFAULT", undefined],
    ["SET lock_timeout = '2s'; BEGIN; SET LOCAL lock_timeout = 0; COMMIT", 2_000],
    ["BEGIN; SET LOCAL lock_timeout = '1s'; SET lock_timeout = '2s'", 2_000],
    ["BEGIN; SET lock_timeout = '2s'; COMMIT", 2_000],
    ["BEGIN; SET lock_timeout = '2s'; ROLLBACK", undefined],
    ["SET lock_timeout = '1s'; BEGIN; SET lock_timeout = '2s'; ROLLBACK", 1_000],
    ["BEGIN; SAVEPOINT a; SET lock_timeout = '2s'; ROLLBACK TO a", undefined],
    ["BEGIN; SAVEPOINT a; SET lock_timeout = '2s'; RELEASE a", 2_000],
    ["BEGIN; SET lock_timeout = '1s'; SAVEPOINT a; SET LOCAL lock_timeout = '2s'; ROLLBACK TO a", 1_000],
    ["BEGIN; SET lock_timeout = '1s'; ROLLBACK TO nothing", 1_000],
    ["SELECT set_config('lock_timeout', '2s', false)", 2_000],
    ["SELECT set_config('lock_timeout', '2s', true)", undefined],
    ["SELECT pg_catalog.set_config('Lock_Timeout', '2s', false), set_config('search_path', '', false)", 2_000],
    ["SELECT set_config('lock_timeout', current_setting('app.timeout'), false)", Number.NaN],
    ["ALTER ROLE app SET lock_timeout = '2s'", undefined],
    ["SET statement_timeout = '2s'", undefined],
  ])('%s: %s', (sql, expected) => {
    expect(sessionAfter(sql).lockTimeout).toBe(expected);
  });

  it('are kept apart', () => {
    expect(
      sessionAfter("SET statement_timeout = '5s'; SET lock_timeout = 7; SET transaction_timeout = '1h'"),
    ).toMatchObject({
      statementTimeout: 5_000,
      lockTimeout: 7,
      transactionTimeout: 3_600_000,
    });
  });

  it.each([
    ["ALTER ROLE app SET lock_timeout = '2s';", 2_000],
    ["ALTER DATABASE shop SET lock_timeout = '2s';", 2_000],
    ["ALTER SYSTEM SET lock_timeout = '2s';", 2_000],
    ["ALTER ROLE app SET lock_timeout = '2s'; ALTER ROLE app RESET lock_timeout;", undefined],
    ["ALTER ROLE app SET lock_timeout = '2s'; ALTER ROLE app RESET ALL;", undefined],
  ])('begin with what was set for later sessions: %s', (sql, expected) => {
    const { catalog } = catalogOf('postgresql', [parse(sql, 'postgresql')]);
    expect(startOfFile(false, catalog.settings).lockTimeout).toBe(expected);
  });
});

it.each([
  ['2s', 2_000],
  ['2 s', 2_000],
  ['1.5min', 90_000],
  ['500us', 0.5],
  ['1d', 86_400_000],
  ['0', 0],
  ['', Number.NaN],
  ['-1', Number.NaN],
  ['2 weeks', Number.NaN],
])('%s is %s ms', (value, expected) => {
  expect(milliseconds(value)).toBe(expected);
});

describe('what is held', () => {
  const held = (sql: string, inTransaction?: boolean) =>
    [...sessionAfter(sql, inTransaction).held.values()].map(
      ({ relation, mode }) => `${display(relation)} ${modeWords(mode)}`,
    );

  it.each<[sql: string, held: readonly string[]]>([
    ['ALTER TABLE orders ADD COLUMN a int', []],
    ['BEGIN; ALTER TABLE orders ADD COLUMN a int', ['orders ACCESS EXCLUSIVE']],
    ['BEGIN; ALTER TABLE orders ADD COLUMN a int; COMMIT', []],
    ['BEGIN; ALTER TABLE orders ADD COLUMN a int; ROLLBACK', []],
    ['BEGIN; SELECT * FROM orders; CREATE INDEX ON orders (note)', ['orders SHARE']],
    ['BEGIN; CREATE INDEX ON orders (note); SELECT * FROM orders', ['orders SHARE']],
    ['BEGIN; LOCK TABLE orders; SAVEPOINT a; LOCK TABLE items; ROLLBACK TO a', ['orders ACCESS EXCLUSIVE']],
    [
      'BEGIN; LOCK TABLE orders; SAVEPOINT a; LOCK TABLE items; RELEASE a',
      ['orders ACCESS EXCLUSIVE', 'items ACCESS EXCLUSIVE'],
    ],
    ['BEGIN; SAVEPOINT a; SAVEPOINT a; LOCK TABLE items; ROLLBACK TO a', []],
    ['BEGIN; ALTER TABLE orders RENAME TO purchases', ['purchases ACCESS EXCLUSIVE']],
    ['BEGIN; LOCK TABLE orders; COMMIT AND CHAIN; LOCK TABLE items', ['items ACCESS EXCLUSIVE']],
  ])('%s: %s', (sql, expected) => {
    expect(held(sql)).toEqual(expected);
  });

  it('counts in the transaction of the tool', () => {
    expect(held('LOCK TABLE orders', true)).toEqual(['orders ACCESS EXCLUSIVE']);
  });
});

it.each([
  ['SELECT 1', 1],
  ['SELECT 1; BEGIN', 2],
  ['SELECT 1; BEGIN; SELECT 2; SELECT 3', 2],
  ['BEGIN; SELECT 1; COMMIT; SELECT 2', 4],
  ['BEGIN; SELECT 1; SAVEPOINT a; SELECT 2', 1],
  ['BEGIN; SET lock_timeout = 1; SELECT 2', 1],
])('knows where the open transaction begins: %s: %i', (sql, expected) => {
  expect(sessionAfter(sql).transactionStart).toBe(expected);
});
