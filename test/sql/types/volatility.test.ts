import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';
import { quoteIdentifier } from '../../../src/sql/quote.ts';

let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

function volatilityOf(call: string): string | undefined {
  const change = parse(`ALTER TABLE t ALTER a SET DEFAULT ${call}`, 'postgresql').statements[0]?.changes[0];
  return change?.kind === 'set-default' ? change.default.volatility : undefined;
}

it('takes no function for steady that has a volatile form', async () => {
  const { rows } = await postgres.query<{ proname: string }>(
    `SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND provolatile = 'v'`,
  );
  expect(rows.length).toBeGreaterThan(200);
  const mistaken = rows.filter(({ proname }) => volatilityOf(`${quoteIdentifier(proname)}()`) !== 'volatile');
  expect(mistaken).toEqual([]);
});

it.each([
  ["'a' || 'b'", 'constant'],
  ['now()', 'stable'],
  ["pg_catalog.now() + interval '1 day'", 'stable'],
  ['CURRENT_DATE', 'stable'],
  ["regexp_replace('a', 'b', 'c')", 'stable'],
  ['app.now()', 'volatile'],
  ['uuid_generate_v4()', 'volatile'],
  ['lower(gen_random_uuid()::text)', 'volatile'],
])('%s is %s', (call, volatility) => {
  expect(volatilityOf(call)).toBe(volatility);
});
