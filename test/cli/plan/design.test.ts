import { afterAll, describe, expect, it } from 'vitest';
import { noPaint } from '../../../src/cli/formats/paint.ts';
import { planText } from '../../../src/cli/formats/plan-text.ts';
import { readAnswers } from '../../../src/cli/plan/answers.ts';
import { designPlan } from '../../../src/cli/plan/design.ts';
import { createPgliteEngine } from '../../../src/engines/pglite/engine.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { filesOf } from '../../../src/planner/files.ts';
import type { PlanReport } from '../../../src/planner/report.ts';
import { findHistories } from '../../../src/sql/history/find.ts';
import type { Migration, Tool } from '../../../src/sql/history/history.ts';
import { readAlone, readMigration } from '../../../src/sql/history/read.ts';

const engine = createPgliteEngine({ log: silentLog });
afterAll(() => engine.close());

interface More {
  readonly renames?: readonly string[];
  readonly fills?: readonly string[];
  readonly conversions?: readonly string[];
  readonly rows?: Readonly<Record<string, number>>;
}

function design(current: readonly Migration[], desired: string, more: More = {}): Promise<PlanReport> {
  const request = {
    engine: 'postgresql',
    current,
    desired: [readAlone('desired.sql', desired)],
    given: [
      ...readAnswers('rename', more.renames),
      ...readAnswers('fill', more.fills),
      ...readAnswers('convert', more.conversions),
    ],
    rows: new Map(Object.entries(more.rows ?? {})),
    renameInPhases: false,
  } as const;
  return designPlan(request, engine);
}

const from = (sql: string) => [readAlone('current.sql', sql)];

const shop = `CREATE TABLE customers (id bigint PRIMARY KEY, mail text);
CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL, total text);`;

describe('designPlan', () => {
  it('takes answers from the desired schema and from the command, with measured locks and rewrites', async () => {
    const desired = `CREATE TABLE customers (id bigint PRIMARY KEY, mail text NOT NULL, -- database-lead: fill with 'none'
  age integer NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY,
  -- database-lead: renamed from note
  remark text NOT NULL,
  total integer);`;
    const more = { fills: ['customers.age=0'], conversions: ['orders.total=total::integer'], rows: { orders: 10 } };
    const report = await design(from(shop), desired, more);
    expect(report).toMatchObject({ questions: [], unsupported: [], proof: { applied: true, reachedDesired: true } });
    const retyped = report.steps.find(({ sql }) => sql.join().includes('TYPE integer'));
    expect(retyped).toMatchObject({
      locks: [{ relation: 'public.orders', mode: 'AccessExclusiveLock' }],
      rewrites: ['public.orders'],
    });
    expect(report.steps.flatMap(({ sql }) => sql).join()).toContain('RENAME COLUMN note TO remark');
    const text = planText(report, noPaint);
    expect(text).toContain('Locks:       ACCESS EXCLUSIVE on orders: reads and writes wait');
    expect(text).toContain('Rewrites:    orders');
    expect(text).toContain('Proven on PostgreSQL 18');
  });

  it('says what it has to know, as options', async () => {
    const report = await design(from(shop), shop.replace('total text', 'total integer, "Due Date" date NOT NULL'));
    expect(report).toMatchObject({ steps: [], tasks: [] });
    expect(planText(report, noPaint)).toMatch(/^2 questions must be answered first:\n1\. /);
    expect(planText(report, noPaint)).toContain("     --fill 'orders.Due Date=EXPRESSION'\n");
    expect(planText(report, noPaint)).toContain('     --convert orders.total=total::integer\n');
  });

  it('shows no plan where the proof failed', async () => {
    const report = await design(from(shop), shop.replace('mail text', 'mail missing'));
    expect(report).toMatchObject({ steps: [], tasks: [], proof: { failure: { step: 0 } } });
    expect(planText(report, noPaint)).toBe(`The proof failed, so no plan is shown.
the desired schema cannot be made: desired.sql:1: type "missing" does not exist (42704)
  | CREATE TABLE customers (id bigint PRIMARY KEY, mail missing)`);
  });

  it('plans the rest of what it cannot plan', async () => {
    const desired = `${shop.replace('total text)', 'total text) PARTITION BY RANGE (id)')}\nCREATE TABLE extra (id int);`;
    const report = await design(from(shop), desired);
    expect(report.unsupported).toEqual([expect.stringContaining('table orders')]);
    expect(report.steps.map(({ title }) => title)).toContain('Create table extra');
    expect(planText(report, noPaint)).toContain('Not planned:\n- table orders');
    expect(planText(report, noPaint)).toContain('reached all but what is not planned');
  });

  it('reads what pg_dump writes', async () => {
    const dump = (more: string) => `\\restrict abc
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA app;
ALTER SCHEMA app OWNER TO boss;
CREATE TABLE app.notes (
    id bigint NOT NULL${more}
);
ALTER TABLE app.notes OWNER TO boss;
COPY app.notes (id) FROM stdin;
1	it's; not SQL
\\.
ALTER TABLE ONLY app.notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);
GRANT SELECT ON TABLE app.notes TO reader;
\\unrestrict abc
`;
    const report = await design(from(dump('')), dump(',\n    extra integer'));
    expect(report).toMatchObject({ steps: [{ title: 'Add column app.notes.extra' }], proof: { reverted: true } });
    expect(await design(from(dump('')), dump(''))).toMatchObject({ steps: [], proof: { reachedDesired: true } });
  });

  it.each<[Tool, Readonly<Record<string, string>>]>([
    ['golang-migrate', { 'db/migrations/000001_a.up.sql': shop, 'db/migrations/000001_a.down.sql': '' }],
    ['goose', { 'db/migrations/00001_a.sql': `-- +goose Up\n${shop}\n-- +goose Down\nDROP TABLE orders;` }],
  ])('leads to the desired schema when %s runs its files', async (tool, before) => {
    const desired = `${shop.replace('mail text', 'mail text NOT NULL')}
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RETURN NEW;
END
$$;
CREATE TRIGGER stamped BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE INDEX orders_note ON orders (note);`;
    const texts = new Map(Object.entries(before));
    const read = () => {
      const [history] = findHistories([...texts.keys()], { engine: 'postgresql', migrations: 'db/migrations', tool });
      if (history === undefined) throw new Error('no history');
      const migrations = history.entries.map((entry) =>
        readMigration(entry, tool, { up: texts.get(entry.up) ?? '', down: texts.get(entry.down ?? '') ?? '' }),
      );
      return { history, migrations };
    };
    const { history, migrations } = read();
    const report = await design(migrations, desired, { fills: ["customers.mail='none'"] });
    const filed = filesOf(report, history, { now: () => new Date('2026-11-23T10:34:50Z') });
    expect(filed.problems).toEqual([]);
    for (const { path, text } of filed.migrations.flatMap(({ files }) => files)) texts.set(path, text);
    expect(texts.size).toBeGreaterThan(4);
    expect(await design(read().migrations, desired)).toMatchObject({ steps: [], proof: { reachedDesired: true } });
  });
});
