import { resolve } from 'node:path';
import type { Engine } from '../../sql/engine.ts';
import type { LintError } from '../../sql/finding.ts';
import { findHistories } from '../../sql/history/find.ts';
import type { History, HistoryEntry, HistoryHints, Migration, Tool } from '../../sql/history/history.ts';
import { readAlone, readMigration } from '../../sql/history/read.ts';
import type { LintFile } from '../../sql/lint/files.ts';
import { engineTold, historiesFor, usualEngine } from './engine.ts';
import { type Located, locate, nameIn } from './locate.ts';
import { readStream, readText, standardInput, type Text } from './text.ts';

/** What the paths of a command hold, in the order in which it runs. */
export interface Sources {
  readonly engine: Engine;
  readonly migrations: readonly (Migration & Pick<LintFile, 'history'>)[];
  /** Every file that goes up as it is written, without a byte order mark, by its name in reports. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files that could not be read. */
  readonly errors: readonly LintError[];
  /** What a person should know about how the paths were read, as sentences without a full stop. */
  readonly notes: readonly string[];
}

export interface ReadOptions {
  /** Without one, the paths tell it. */
  readonly engine?: Engine;
  /** Without one, the files tell it. */
  readonly tool?: Tool;
  /** Also the files that go back. */
  readonly down?: boolean;
  /** How reports name standard input. */
  readonly inputName?: string;
  /** Texts that stand in place of files, by their names in reports. */
  readonly texts?: ReadonlyMap<string, string>;
}

interface Collected {
  readonly read: (file: string) => Text;
  readonly texts: Map<string, string>;
  readonly migrations: (Migration & Pick<LintFile, 'history'>)[];
  readonly errors: LintError[];
  readonly notes: string[];
  readonly seen: Set<string>;
}

/**
 * Reads paths: a directory with migrations as its tool runs them, another with every `.sql` file in order, a file as it is.
 * No file is read twice. Throws a UsageError where a path is nothing to read; a file that cannot be read becomes an error.
 */
export async function readSources(paths: readonly string[], options: ReadOptions): Promise<Sources> {
  const { tool, inputName = standardInput.name } = options;
  const hints = tool === undefined ? undefined : { engine: options.engine ?? usualEngine, tool };
  const located = together(
    paths.map((path) => locate(path, hints)),
    options.engine,
    hints,
  );
  const engine = options.engine ?? engineTold(located);
  const given = options.texts ?? new Map<string, string>();
  const asksForInput = paths.includes(standardInput.path) && !given.has(inputName);
  const input = asksForInput ? await readStream(process.stdin) : undefined;
  const read = (file: string): Text => {
    const text = given.get(file);
    if (text !== undefined) return { text };
    return file === inputName && input !== undefined ? input : readText(file);
  };
  const collected: Collected = { read, texts: new Map(), migrations: [], errors: [], notes: [], seen: new Set() };
  for (const each of located) collect(each, engine, options.down === true, inputName, collected);
  const { texts, migrations, errors, notes } = collected;
  return { engine, texts, migrations, errors, notes };
}

/**
 * Files that are named one by one (`db/*.sql`, opened up by a shell) and that are migrations of one tool are read as such; where
 * only one of them is, nothing tells what else there is.
 */
function together(
  located: readonly Located[],
  engine: Engine | undefined,
  hints: HistoryHints | undefined,
): readonly Located[] {
  const files = located.flatMap(({ kind, path }) => (kind === 'file' && path !== standardInput.path ? [path] : []));
  const isRead = ({ entries, engine: own }: History) =>
    entries.length > 1 && (engine === undefined || own === undefined || own === engine);
  const histories = files.length < 2 ? [] : findHistories(files, hints).filter(isRead);
  if (histories.length === 0) return located;
  const sql = histories.flatMap(({ entries }) => entries.flatMap(({ up, down }) => [up, down ?? up]));
  const inHistory = new Set(sql);
  const others = located.filter(({ kind, path }) => kind !== 'file' || !inHistory.has(path));
  return [{ kind: 'histories', path: '', sql, histories, whole: false }, ...others];
}

function collect(located: Located, engine: Engine, down: boolean, inputName: string, collected: Collected): void {
  const { path } = located;
  if (located.kind !== 'histories') {
    if (path === standardInput.path) collectFile(inputName, collected);
    else if (located.kind === 'file') collectFile(path, collected);
    else for (const file of located.sql) collectFile(nameIn(path, file), collected);
    return;
  }

  const histories = historiesFor(engine, located);
  for (const history of histories) {
    const [from, errors] = [collected.migrations.length, collected.errors.length];
    for (const entry of history.entries) collectEntry(path, entry, history, down, collected);
    const whole = located.whole && collected.errors.length === errors;
    const of = { name: nameIn(path, history.directory), whole };
    const read = collected.migrations.splice(from);
    collected.migrations.push(...read.map((migration) => ({ ...migration, history: of })));
    collected.notes.push(...history.problems.map((problem) => (path === '' ? problem : `${path}: ${problem}`)));
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

function collectFile(file: string, { read, texts, migrations, errors, seen }: Collected): void {
  if (isSeen(file, seen)) return;
  const found = read(file);
  if ('problem' in found) {
    errors.push(unreadable(file, found.problem));
    return;
  }
  texts.set(file, found.text);
  migrations.push(readAlone(file, found.text));
}

function collectEntry(
  directory: string,
  entry: HistoryEntry,
  { tool }: History,
  down: boolean,
  { read, texts: originals, migrations, errors, seen }: Collected,
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
  originals.set(at(entry.up), texts.up);
  const named = { ...entry, up: at(entry.up), ...(entry.down === undefined ? {} : { down: at(entry.down) }) };
  migrations.push(readMigration(named, tool, texts));
}

function isSeen(file: string, seen: Set<string>): boolean {
  const key = resolve(file);
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

function unreadable(file: string, problem: string): LintError {
  return { file, line: 1, column: 1, message: `the file ${problem}` };
}
