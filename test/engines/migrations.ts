import type { Log } from '../../src/kernel/log.ts';
import type { PlanStep } from '../../src/planner/plan.ts';
import type { Migration } from '../../src/sql/history/history.ts';

/** A migration as a tool hands it over; wrapped in a transaction unless said otherwise. */
export function migration(file: string, sql: string, more: Partial<Migration> = {}): Migration {
  return { version: file, file, sql, transaction: true, ...more };
}

/** A plan's step with the facts that a test does not care about. */
export function step(
  id: number,
  sql: readonly string[],
  down: readonly string[],
  more: Partial<PlanStep> = {},
): PlanStep {
  return {
    id,
    title: `step ${id}`,
    phase: 'expand',
    sql,
    down,
    transaction: true,
    locks: [],
    rewrites: [],
    hazards: [],
    lockTimeoutMs: 3_000,
    statementTimeoutMs: 60_000,
    because: 'of the test',
    ...more,
  };
}

/** A log that keeps what it is told. */
export function keepingLog(): Log & { readonly lines: { readonly message: string; readonly facts: object }[] } {
  const lines: { readonly message: string; readonly facts: object }[] = [];
  const keep = (facts: object, message: string) => {
    lines.push({ facts, message });
  };
  return { lines, debug: keep, info: keep, warn: keep, error: keep };
}

export const shop = [
  migration(
    '0001_shop.sql',
    `CREATE TYPE state AS ENUM ('new', 'paid');
CREATE TABLE customers (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE CHECK (email LIKE '%@%'));
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers,
  total numeric(8, 2) NOT NULL DEFAULT 0,
  status state NOT NULL DEFAULT 'new'
);`,
  ),
];
