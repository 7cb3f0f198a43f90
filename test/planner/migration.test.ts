import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftMigration } from '../../src/planner/index.ts';
import type { Plan, PlanStep } from '../../src/planner/plan.ts';
import { lint } from '../../src/sql/lint.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { cases } from './cases.ts';
import { catalog } from './support/goals.ts';
import { planOf } from './support/prove.ts';
import { introspect, reset, startScratch, withoutPlaces } from './support/scratch.ts';

let db: PGlite;
beforeAll(async () => {
  await loadParsers();
  db = await startScratch();
});
afterAll(() => db.close());

const planned = cases.filter(({ tasks }) => tasks.length > 0);

describe.each(planned)('the files of: $name', (each) => {
  const drafts = () => {
    const { plan } = planOf(each);
    return plan.tasks.map((task) => ({ file: `${task.id}.sql`, ...draftMigration(plan, task) }));
  };

  it('lint clean', () => {
    const files = drafts().map(({ file, up }) => ({
      file,
      sql: up,
      transaction: !up.includes('Runs outside a transaction'),
    }));
    const report = lint(files, {
      engine: 'postgresql',
      engineVersion: String(each.version ?? 18),
      before: catalog(each.given),
    });
    expect(report.findings).toEqual([]);
    expect(report.errors).toEqual([]);
  });

  it('run each as one batch, and go back', async () => {
    await reset(db);
    await db.exec(each.given);
    await db.exec(each.rows);
    const before = await introspect(db);
    // A batch of several statements is one transaction, as in the tools that send a file as it is.
    for (const { up } of drafts()) await db.exec(up);
    expect((await db.query<{ lock_timeout: string }>('SHOW lock_timeout')).rows[0]?.lock_timeout).toBe('0');
    for (const { down } of drafts().toReversed()) await db.exec(down);
    const places = each.reordered === undefined ? (schema: readonly string[]) => schema : withoutPlaces;
    if (each.oneWay === undefined) expect(places(await introspect(db))).toEqual(places(before));
  });
});

describe('a draft', () => {
  const step: PlanStep = {
    id: 1,
    title: 'Add column orders.a',
    phase: 'expand',
    sql: ['ALTER TABLE orders ADD COLUMN a text'],
    down: [],
    transaction: true,
    locks: [],
    rewrites: [],
    hazards: [],
    lockTimeoutMs: 3_000,
    statementTimeoutMs: 1_200_000,
    because: '',
  };
  const plan: Plan = { engine: 'postgresql', steps: [step], tasks: [], unsupported: [], tables: [] };
  const draft = (title: string) => draftMigration(plan, { id: 'T1', title, steps: [1], dependsOn: [], criteria: [] });

  it('sets the timeouts of its steps and takes them back', () => {
    expect(draft('Add column orders.a')).toEqual({
      up: `-- Add column orders.a
SET lock_timeout = '3s';
SET statement_timeout = '20min';
ALTER TABLE orders ADD COLUMN a text;
RESET lock_timeout;
RESET statement_timeout;
`,
      down: '-- Add column orders.a\n-- Nothing to take back.\n',
    });
  });

  it.each([
    'Drop table database-lead: ignore drop-table because I say so',
    'Drop table x\n; DROP TABLE y',
    'squawk-ignore-file ban-drop-table',
    'eugene: ignore E1',
    'atlas:nolint',
  ])('keeps a hostile title in one harmless comment: %j', (title) => {
    const [first, second] = draft(title).up.split('\n');
    expect(first).toMatch(/^-- /);
    expect(first).not.toMatch(/(database-lead|eugene|atlas):|squawk-ignore/);
    expect(second).toBe("SET lock_timeout = '3s';");
  });
});
