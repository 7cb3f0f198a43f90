import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { cases } from './cases.ts';
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
