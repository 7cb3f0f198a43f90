import type { Clock } from '../kernel/clock.ts';
import type { History, HistoryEntry } from '../sql/history/history.ts';
import { nameNext } from '../sql/history/next.ts';
import { toolOf } from '../sql/history/tools/index.ts';
import type { MigrationDraft, MigrationFile, MigrationPaths } from '../sql/history/tools/tool.ts';
import { split } from '../sql/parsers/postgresql/split.ts';
import { draftMigration } from './migration.ts';
import type { Plan, Task } from './plan.ts';

/** One migration as its files. */
export interface FiledMigration {
  readonly task: Task;
  readonly files: readonly MigrationFile[];
}

export interface Filed {
  readonly migrations: readonly FiledMigration[];
  /** Why a task cannot be a migration of that tool, as sentences without a full stop. */
  readonly problems: readonly string[];
  /** Whether the history has no place for ways back that the plan knows. */
  readonly isOneWay: boolean;
}

/**
 * The migrations of a plan as files that follow a history, one a task, in the form of the history's tool. Each is read again as the
 * tool would read it: a form in which it ran otherwise is a problem, not a file.
 */
export function filesOf(plan: Pick<Plan, 'steps' | 'tasks'>, history: History, clock: Clock): Filed {
  const entries: HistoryEntry[] = [...history.entries];
  const migrations: FiledMigration[] = [];
  const problems: string[] = [];
  let isOneWay = false;
  for (const [at, task] of plan.tasks.entries()) {
    const now = () => new Date(clock.now().getTime() + at * 1_000);
    const paths = nameNext({ ...history, entries }, task.title, { now });
    const draft = draftOf(plan, task);
    const tool = toolOf(history.tool);
    const files = tool.write(draft, paths);
    problems.push(...new Set(problemsOf(task, draft, paths, files, history)));
    isOneWay ||= statementsOf(draft.down).length > 0 && !hasWayBack(files, paths, history);
    migrations.push({ task, files });
    entries.push(entryOf(paths, history));
  }
  return { migrations, problems, isOneWay };
}

function draftOf(plan: Pick<Plan, 'steps'>, task: Task): MigrationDraft {
  const steps = plan.steps.filter(({ id }) => task.steps.includes(id));
  return { ...draftMigration(plan, task), transaction: steps.every(({ transaction }) => transaction) };
}

/** What the next migration is named after. */
function entryOf({ up, down }: MigrationPaths, { tool, directory }: History): HistoryEntry {
  const prefix = directory === '' ? '' : `${directory}/`;
  const own = up.slice(prefix.length);
  const folder = own.includes('/') ? own.slice(0, own.indexOf('/')) : '';
  const base = own.slice(own.lastIndexOf('/') + 1);
  const part = toolOf(tool).part({ folder: folder === '' ? directory : prefix + folder, base });
  if (part === undefined) throw new Error(`${up} is no migration of ${tool}`);
  return { version: part.version, name: part.name, up, ...(down === undefined ? {} : { down }) };
}

function readBack(paths: MigrationPaths, files: readonly MigrationFile[], { tool }: History) {
  const textAt = (path: string | undefined) => files.find((file) => file.path === path)?.text;
  const down = textAt(paths.down);
  const metadata = files.find(({ path }) => path !== paths.up && path !== paths.down)?.text;
  return toolOf(tool).read({
    up: textAt(paths.up) ?? '',
    ...(down === undefined ? {} : { down }),
    ...(metadata === undefined ? {} : { metadata }),
  });
}

function hasWayBack(files: readonly MigrationFile[], paths: MigrationPaths, history: History): boolean {
  return readBack(paths, files, history).down !== undefined;
}

function problemsOf(
  { id, title }: Task,
  draft: MigrationDraft,
  paths: MigrationPaths,
  files: readonly MigrationFile[],
  history: History,
): readonly string[] {
  const read = readBack(paths, files, history);
  const ways = [
    { meant: draft.up, sql: read.sql, transaction: read.transaction },
    ...(read.down === undefined
      ? []
      : [{ meant: draft.down, sql: read.down, transaction: read.downTransaction ?? read.transaction }]),
  ];
  const where = `${id} (${title})`;
  return ways.flatMap(({ meant, sql, transaction }) => {
    const statements = statementsOf(meant);
    if (statements.join('\0') !== statementsOf(sql).join('\0'))
      return [`${where}: ${history.tool} would read other statements from its file`];
    if (draft.transaction || !transaction || statements.length === 0) return [];
    return [`${where} cannot run in a transaction, and ${history.tool} would run its SQL file in one`];
  });
}

function statementsOf(sql: string): readonly string[] {
  return split(sql).map(({ start, end }) => sql.slice(start, end));
}
