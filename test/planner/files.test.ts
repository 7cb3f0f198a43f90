import { beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from '../../src/planner/files.ts';
import { draftMigration } from '../../src/planner/index.ts';
import type { PlanStep, Task } from '../../src/planner/plan.ts';
import { findHistories } from '../../src/sql/history/find.ts';
import { type History, type Tool, tools } from '../../src/sql/history/history.ts';
import { readMigration } from '../../src/sql/history/read.ts';
import { loadParsers, parse } from '../../src/sql/parsers/index.ts';

beforeAll(() => loadParsers());

const clock = { now: () => new Date('2026-11-23T10:34:50.123Z') };

function step(id: number, title: string, sql: readonly string[], more: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    title,
    phase: 'expand',
    sql,
    down: [],
    transaction: true,
    locks: [],
    rewrites: [],
    hazards: [],
    lockTimeoutMs: 3_000,
    statementTimeoutMs: 30_000,
    because: '',
    ...more,
  };
}

const drop = 'DROP INDEX CONCURRENTLY IF EXISTS public.orders_note';
const index = 'CREATE INDEX CONCURRENTLY orders_note ON public.orders (note)';
const steps = [
  step(1, 'Create function stamp()', [
    "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  NEW.at := now();\n  RETURN NEW; -- ';\nEND $$",
    'CREATE FUNCTION one() RETURNS int LANGUAGE sql BEGIN ATOMIC\n  SELECT 1;\n  SELECT 2;\nEND',
    "COMMENT ON FUNCTION one() IS 'a;\nb'",
  ]),
  step(2, 'Add column orders.note', ['ALTER TABLE orders ADD COLUMN note text'], {
    down: ['ALTER TABLE orders DROP COLUMN note'],
  }),
  step(3, 'Build index orders_note on orders', [drop, index], { down: [drop], transaction: false }),
  step(4, 'Fill orders.note', ["DO $fill$\nBEGIN\n  UPDATE orders SET note = 'x';\n  COMMIT;\nEND\n$fill$"], {
    transaction: false,
  }),
];
const tasks = steps.map(({ id, title }): Task => ({ id: `T${id}`, title, steps: [id], dependsOn: [], criteria: [] }));

/** What stands there before, so that the tool is told and ways back are usual. */
const first: Readonly<Record<Tool, Readonly<Record<string, string>>>> = {
  'golang-migrate': { 'db/migrations/000001_a.up.sql': '', 'db/migrations/000001_a.down.sql': '' },
  goose: { 'db/migrations/00001_a.sql': '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 1;' },
  dbmate: { 'db/migrations/20240102030405_a.sql': '-- migrate:up\nSELECT 1;\n-- migrate:down\n' },
  'node-pg-migrate': { 'db/migrations/1700000000000_a.sql': '-- Up Migration\nSELECT 1;\n-- Down Migration\n' },
  sqlx: {
    'db/migrations/20240102030405_a.up.sql': '-- no-transaction\n',
    'db/migrations/20240102030405_a.down.sql': '',
  },
  atlas: { 'db/migrations/20240102030405_a.sql': '-- atlas:txmode none\n\nSELECT 1;' },
  flyway: { 'db/migrations/V1.1__a.sql': 'SELECT 1;', 'db/migrations/U1.1__a.sql': 'SELECT 1;' },
  diesel: { 'db/migrations/2024-01-02-030405_a/up.sql': '', 'db/migrations/2024-01-02-030405_a/down.sql': '' },
  prisma: { 'db/migrations/20240102030405_a/migration.sql': '' },
  numbered: { 'db/migrations/001_a.sql': '', 'db/migrations/001_a.down.sql': '' },
};
/** Those that go back by themselves, or not at all. */
const oneWay: ReadonlySet<Tool> = new Set(['atlas', 'prisma']);

function historyOf(tool: Tool, texts: ReadonlyMap<string, string>): History {
  const [history] = findHistories([...texts.keys()], { engine: 'postgresql', migrations: 'db/migrations', tool });
  if (history === undefined) throw new Error('no history');
  return history;
}

const statementsOf = (sql: string) => parse(sql, 'postgresql').statements.map((statement) => statement.sql);

describe.each(tools)('the files of a plan for %s', (tool) => {
  const before = new Map(Object.entries(first[tool]));
  // What is written in SQL runs in a transaction there.
  const possible = tool === 'node-pg-migrate' ? tasks.slice(0, 2) : tasks;
  const filed = () => filesOf({ steps, tasks: possible }, historyOf(tool, before), clock);

  it('are read back as the same statements and transactions, in their order', () => {
    const { migrations, problems, isOneWay } = filed();
    expect({ problems, isOneWay }).toEqual({ problems: [], isOneWay: oneWay.has(tool) });
    const files = migrations.flatMap((each) => each.files);
    const texts = new Map([...before, ...files.map(({ path, text }) => [path, text] as const)]);
    expect(texts.size).toBe(before.size + files.length);
    const { entries, problems: odd } = historyOf(tool, texts);
    expect(odd).toEqual([]);
    expect(entries).toHaveLength(possible.length + 1);
    for (const [at, task] of possible.entries()) {
      const entry = entries[at + 1];
      if (entry === undefined) throw new Error(`${task.id} was not found`);
      const { up, down, metadata } = entry;
      const read = readMigration(entry, tool, {
        up: texts.get(up) ?? '',
        ...(down === undefined || down === up ? {} : { down: texts.get(down) ?? '' }),
        ...(metadata === undefined ? {} : { metadata: texts.get(metadata) ?? '' }),
      });
      const draft = draftMigration({ steps }, task);
      expect(statementsOf(read.sql)).toEqual(statementsOf(draft.up));
      expect(read.transaction).toBe(task.id === 'T1' || task.id === 'T2');
      if (oneWay.has(tool)) continue;
      expect(statementsOf(read.down ?? '')).toEqual(statementsOf(draft.down));
      if (draft.down.includes('DROP')) expect(read.downTransaction).toBe(task.id === 'T2');
    }
  });
});

describe('files', () => {
  const history = (tool: Tool): History => ({ tool, directory: 'm', entries: [], problems: [] });

  it('mark for goose what holds a semicolon at the end of a line', () => {
    const { migrations } = filesOf({ steps, tasks }, history('goose'), clock);
    const [code, column, alone] = migrations.map(({ files: [file] }) => file?.text ?? '');
    expect(code?.match(/StatementBegin/g)).toHaveLength(3);
    expect(column).not.toContain('StatementBegin');
    expect(alone).toBe(`-- +goose NO TRANSACTION
-- +goose Up
-- Build index orders_note on orders
-- Runs outside a transaction, alone in its file.
-- After an interrupted try, run first: DROP INDEX CONCURRENTLY IF EXISTS public.orders_note;
CREATE INDEX CONCURRENTLY orders_note ON public.orders (note);

-- +goose Down
-- Build index orders_note on orders
-- Runs outside a transaction, alone in its file.
DROP INDEX CONCURRENTLY IF EXISTS public.orders_note;
`);
  });

  it('are named one after the other', () => {
    const paths = (tool: Tool) =>
      filesOf({ steps, tasks: tasks.slice(1) }, history(tool), clock).migrations.map(({ files }) => files[0]?.path);
    expect(paths('golang-migrate')).toEqual([
      'm/000001_add_column_orders_note.up.sql',
      'm/000002_build_index_orders_note_on_orders.up.sql',
      'm/000003_fill_orders_note.up.sql',
    ]);
    expect(paths('diesel')).toEqual([
      'm/2026-11-23-103450_add_column_orders_note/up.sql',
      'm/2026-11-23-103451_build_index_orders_note_on_orders/up.sql',
      'm/2026-11-23-103452_fill_orders_note/up.sql',
    ]);
  });

  it('are none where a tool would run them otherwise', () => {
    expect(filesOf({ steps, tasks }, history('node-pg-migrate'), clock).problems).toEqual([
      'T3 (Build index orders_note on orders) cannot run in a transaction, and node-pg-migrate would run its SQL file in one',
      'T4 (Fill orders.note) cannot run in a transaction, and node-pg-migrate would run its SQL file in one',
    ]);
    const two = step(1, 'Build two', [index, index.replace('(note)', '(id)')], { transaction: false });
    const [task] = tasks;
    if (task === undefined) throw new Error('no task');
    const problems = (tool: Tool) => filesOf({ steps: [two], tasks: [task] }, history(tool), clock).problems.length;
    expect(Object.fromEntries(tools.map((tool) => [tool, problems(tool)]))).toEqual({
      'golang-migrate': 1,
      prisma: 1,
      diesel: 0,
      flyway: 0,
      dbmate: 1,
      goose: 0,
      atlas: 0,
      sqlx: 1,
      'node-pg-migrate': 1,
      numbered: 1,
    });
  });
});
