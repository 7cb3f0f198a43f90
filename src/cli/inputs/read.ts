import { resolve } from 'node:path';
import type { Engine } from '../../sql/engine.ts';
import type { LintError } from '../../sql/finding.ts';
import type { History, HistoryEntry, Migration } from '../../sql/history/history.ts';
import { readMigration } from '../../sql/history/read.ts';
import { isDbmate } from '../../sql/history/tools/dbmate.ts';
import { isGoose } from '../../sql/history/tools/goose.ts';
import { engineTold, historiesFor } from './engine.ts';
import { type Located, locate, nameIn } from './locate.ts';
import { readStream, readText, standardInput, type Text } from './text.ts';

/** What the paths of a command hold, in the order in which it runs. */
export interface Sources {
  readonly engine: Engine;
  readonly migrations: readonly Migration[];
  /** Files that could not be read. */
  readonly errors: readonly LintError[];
  /** What a person should know about how the paths were read, as sentences without a full stop. */
  readonly notes: readonly string[];
}

export interface ReadOptions {
  /** Without one, the paths tell it. */
  readonly engine?: Engine;
  /** Also the files that go back. */
  readonly down?: boolean;
}

interface Collected {
  readonly read: (path: string) => Text;
  readonly migrations: Migration[];
  readonly errors: LintError[];
  readonly notes: string[];
  readonly seen: Set<string>;
}

/**
 * Reads paths: a directory with migrations as its tool runs them, another with every `.sql` file in order, a file as it is.
 * No file is read twice. Throws a UsageError where a path is nothing to read; a file that cannot be read becomes an error.
 */
export async function readSources(paths: readonly string[], options: ReadOptions): Promise<Sources> {
  const located = paths.map(locate);
  const engine = options.engine ?? engineTold(located);
  const input = paths.includes(standardInput.path) ? await readStream(process.stdin) : undefined;
  const read = (path: string) => (path === standardInput.path && input !== undefined ? input : readText(path));
  const collected: Collected = { read, migrations: [], errors: [], notes: [], seen: new Set() };
  for (const each of located) collect(each, engine, options.down === true, collected);
  const { migrations, errors, notes } = collected;
  return { engine, migrations, errors, notes };
}

function collect(located: Located, engine: Engine, down: boolean, collected: Collected): void {
  const { path } = located;
  if (located.kind !== 'histories') {
    const files = located.kind === 'file' ? [path] : located.sql.map((file) => nameIn(path, file));
    for (const file of files) collectFile(file, collected);
    return;
  }

  const histories = historiesFor(engine, located);
  for (const history of histories) {
    for (const entry of history.entries) collectEntry(path, entry, history, down, collected);
    collected.notes.push(...history.problems.map((problem) => `${path}: ${problem}`));
  }
  for (const { directory, engine: other } of located.histories.filter((each) => !histories.includes(each)))
    collected.notes.push(`${nameIn(path, directory)} holds migrations for ${other}, which were not looked at`);
  const known = new Set(
    located.histories.flatMap(({ entries }) => entries.flatMap(({ up, down }) => [up, down ?? up])),
  );
  const others = located.sql.filter((file) => !known.has(file));
  if (others.length > 0) collected.notes.push(leftOut(path, histories, others));
}

function leftOut(path: string, histories: readonly History[], others: readonly string[]): string {
  const tools = [...new Set(histories.map(({ tool }) => tool))].join(' and ');
  const files = others.length === 1 ? `1 other .sql file is` : `${others.length} other .sql files are`;
  const named = others.slice(0, 3).join(', ');
  return `${path} is read as ${tools} migrations; ${files} no step of them and not looked at (${named}${others.length > 3 ? ', ...' : ''})`;
}

function collectFile(path: string, { read, migrations, errors, seen }: Collected): void {
  const file = path === standardInput.path ? standardInput.name : path;
  if (isSeen(path, seen)) return;
  const found = read(path);
  if ('problem' in found) errors.push(unreadable(file, found.problem));
  else migrations.push(standalone(file, found.text));
}

function collectEntry(
  directory: string,
  entry: HistoryEntry,
  { tool }: History,
  down: boolean,
  { read, migrations, errors, seen }: Collected,
): void {
  const at = (file: string) => nameIn(directory, file);
  if (isSeen(at(entry.up), seen)) return;
  const texts: { up: string; down?: string; metadata?: string } = { up: '' };
  const wanted = [
    ['up', entry.up],
    ['down', down && entry.down !== entry.up ? entry.down : undefined],
    ['metadata', entry.metadata],
  ] as const;
  for (const [role, file] of wanted) {
    if (file === undefined) continue;
    const found = read(at(file));
    if ('problem' in found) errors.push(unreadable(at(file), found.problem));
    else texts[role] = found.text;
    if ('problem' in found && role === 'up') return;
  }
  const named = { ...entry, up: at(entry.up), ...(entry.down === undefined ? {} : { down: at(entry.down) }) };
  migrations.push(readMigration(named, tool, texts));
}

/** A text on its own: as it is, or, where it carries the marks of a tool with both directions in one file, its way up and down. */
export function standalone(file: string, sql: string): Migration {
  const tool = isGoose(sql) ? 'goose' : isDbmate(sql) ? 'dbmate' : undefined;
  if (tool === undefined) return { version: '', file, sql, transaction: false };
  return readMigration({ version: '', name: '', up: file, down: file }, tool, { up: sql });
}

function isSeen(path: string, seen: Set<string>): boolean {
  const key = path === standardInput.path ? path : resolve(path);
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

function unreadable(file: string, problem: string): LintError {
  return { file, line: 1, column: 1, message: `the file ${problem}` };
}
