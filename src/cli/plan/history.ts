import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Engine } from '../../sql/engine.ts';
import { findHistories } from '../../sql/history/find.ts';
import type { History, Tool } from '../../sql/history/history.ts';
import { toolOf } from '../../sql/history/tools/index.ts';
import { readMarked, toolMarked } from '../../sql/history/tools/marks.ts';
import { nameIn } from '../inputs/locate.ts';
import { readText } from '../inputs/text.ts';
import { filesBelow } from '../inputs/walk.ts';
import { UsageError } from '../usage.ts';

/** How migrations are written where nothing is there to be like. */
const usualTool: Tool = 'golang-migrate';

/**
 * The history that the migrations of a plan go on with: that of the current schema where it is a directory of migrations, else that of
 * the directory they go to, else a new one. `out`: the directory; without one, beside those that are there.
 */
export function historyFor(current: string, out: string | undefined, engine: Engine): History {
  const before = historyAt(current, engine);
  const target = out ?? (isDirectory(current) ? current : '.');
  const there = out === undefined ? before : historyAt(out, engine);
  const tool = before?.tool ?? there?.tool ?? usualTool;
  const own = there?.tool === tool ? there : undefined;
  const isSame = before === undefined || own === undefined || resolve(before.directory) === resolve(own.directory);
  const entries = [
    ...(before?.tool === tool ? before.entries : []),
    ...(isSame && before !== undefined ? [] : (own?.entries ?? [])),
  ];
  const directory = own?.directory ?? nameIn(target, '');
  return {
    tool,
    directory: directory === '.' || directory === './' ? '' : directory.replace(/\/$/, ''),
    engine,
    entries: entries.toSorted(toolOf(tool).compare),
    problems: [],
  };
}

/** The longest history in a directory, with paths as the command names them, and the tool that its files tell. */
function historyAt(path: string, engine: Engine): History | undefined {
  if (path === '-' || !isDirectory(path)) return undefined;
  const files = filesBelow(path);
  const isOfEngine = (history: History) => history.engine === undefined || history.engine === engine;
  const all = [...findHistories(files), ...findHistories(files, { engine, migrations: '.' })];
  const found = all.find(
    (history) => isOfEngine(history) && history.entries.some(({ version }) => /^[vV]?\d/.test(version)),
  );
  if (found === undefined) return undefined;
  const entries = found.entries.map((entry) => ({
    ...entry,
    up: nameIn(path, entry.up),
    ...(entry.down === undefined ? {} : { down: nameIn(path, entry.down) }),
  }));
  return { ...found, directory: nameIn(path, found.directory), tool: toolIn(found.tool, entries.at(-1)?.up), entries };
}

/** Tools that share the layout of their paths tell themselves in their files. Some are read and not written. */
function toolIn(tool: Tool, last: string | undefined): Tool {
  if (last === undefined || (tool !== 'numbered' && tool !== usualTool)) return tool;
  const read = readText(last);
  if (!('text' in read)) return tool;
  const marked = toolMarked(read.text);
  if (marked !== undefined) return marked;
  if (tool === 'numbered' && readMarked({ up: read.text }) !== undefined)
    throw new UsageError(
      `${last} is written for a tool whose migrations are read but not written`,
      'Name another directory for --current (a schema file) and --out, and take the SQL from there',
    );
  return tool;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a directory holds no SQL: a history that is yet to begin. */
export function isBlank(path: string): boolean {
  return path !== '-' && isDirectory(path) && !filesBelow(path).some((file) => /\.sql$/i.test(file));
}
