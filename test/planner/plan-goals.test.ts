import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planGoals } from '../../src/planner/index.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { cases } from './cases.ts';
import { catalog } from './support/goals.ts';
import { outline, planOf, prove } from './support/prove.ts';
import { startScratch } from './support/scratch.ts';

let db: PGlite;
beforeAll(async () => {
  await loadParsers();
  db = await startScratch();
});
afterAll(() => db.close());

describe.each(cases)('$name', (each) => {
  it('has the expected steps, hazards and tasks', () => {
    const { plan } = planOf(each);
    expect(outline(plan, each.brief)).toEqual(each.steps);
    expect(plan.tasks.map(({ steps }) => steps)).toEqual(each.tasks);
    expect(plan.unsupported).toEqual(each.unsupported ?? []);
  });

  it('runs, arrives, leaves nothing to plan, and goes back', async () => {
    await prove(db, each);
  });
});

it('proposes no index for a query that was not measured', () => {
  const given = catalog('CREATE TABLE orders (id bigint PRIMARY KEY, note text);');
  const goal = { kind: 'optimize', query: "SELECT * FROM orders WHERE note = 'x'" } as const;
  const plan = planGoals([goal], given, { engine: 'postgresql', version: 18 });
  expect(plan.steps).toEqual([]);
  expect(plan.unsupported).toEqual([expect.stringContaining('was not measured')]);
});
