import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepsRows } from '../../src/planner/recipes/type-widening.ts';
import { startScratch } from './support/scratch.ts';

let db: PGlite;
beforeAll(async () => {
  db = await startScratch();
});
afterAll(() => db.close());

it.each([
  ['character varying(10)', 'character varying(20)', true],
  ['character varying(10)', 'character varying', true],
  ['character varying(10)', 'text', true],
  ['text', 'character varying', true],
  ['text', 'character varying(10)', false],
  ['character varying(20)', 'character varying(10)', false],
  ['character(5)', 'text', false],
  ['numeric(10,2)', 'numeric(12,2)', true],
  ['numeric(10,2)', 'numeric', true],
  ['numeric(10,2)', 'numeric(12,4)', false],
  ['numeric', 'numeric(10,2)', false],
  ['integer', 'bigint', false],
  ['cidr', 'inet', true],
  ['bit varying(4)', 'bit varying(8)', true],
  ['timestamp(3) without time zone', 'timestamp without time zone', true],
  ['timestamp(3) with time zone', 'timestamp(1) with time zone', false],
  ['time(0) without time zone', 'time(3) without time zone', true],
  ['text', 'text', true],
] as const)('%s to %s keeps the rows: %s, as the engine does', async (from, to, kept) => {
  await db.exec(`DROP TABLE IF EXISTS t; CREATE TABLE t (c ${from})`);
  const file = async () => (await db.query<{ node: number }>("SELECT pg_relation_filenode('t') AS node")).rows[0]?.node;
  const before = await file();
  await db.exec(`ALTER TABLE t ALTER COLUMN c TYPE ${to}`);
  expect((await file()) === before).toBe(kept);
  expect(keepsRows(from, to)).toBe(kept);
});
