import picomatch from 'picomatch';
import type { Engine } from '../engine.ts';
import { historyOf } from './build.ts';
import { type Group, groupsOf, partOf, ups } from './groups.ts';
import { guessEngine } from './guess-engine.ts';
import type { History, HistoryEntry, HistoryHints, Tool } from './history.ts';
import { toolOf } from './tools/index.ts';
import { toolMarked } from './tools/marks.ts';
import { lastSegment, parent } from './tools/tool.ts';
import { compareTexts, compareVersions } from './versions.ts';

/**
 * The migration histories among a repository's paths, the likeliest first: the engine asked for before one that is not
 * told, then the longest. Hints narrow the search; a path that is configured but holds no migrations gives an empty
 * history that says so, because the first migration is yet to come.
 */
export function findHistories(paths: readonly string[], hints?: HistoryHints): readonly History[] {
  if (hints?.migrations !== undefined) return configured(paths, hints.migrations, hints);

  const likely = bestOf(
    groupsOf(
      paths.filter((path) => !isForeign(path)),
      hints?.tool,
    ),
  );
  const histories = likely
    .map((group) => historyOf(group, hints?.tool ?? toolBeside(group, paths)))
    .filter(({ entries }) => entries.length > 0);
  return ranked(histories, hints?.engine);
}

/** The likeliest history, as {@link findHistories} ranks them. */
export function findHistory(paths: readonly string[], hints?: HistoryHints): History | undefined {
  return findHistories(paths, hints)[0];
}

/** Whether a path, also one that does not exist yet, is a file of that history. */
export function isMigrationPath(history: History, path: string): boolean {
  if (history.entries.some(({ up, down, metadata }) => path === up || path === down || path === metadata)) return true;
  const tool = toolOf(history.tool);
  const { part, dialect } = partOf(path, tool);
  if (part?.directory !== history.directory) return false;
  const [known] = history.entries;
  return known === undefined ? true : partOf(known.up, tool).dialect === dialect;
}

/**
 * The tool that a repository's paths and the text of one migration tell. Text is needed where tools share one layout;
 * without it, such files are `numbered`.
 */
export function detectTool(paths: readonly string[], sampleText = ''): Tool {
  const tool = findHistory(paths)?.tool ?? 'numbered';
  return tool === 'numbered' ? (toolMarked(sampleText) ?? 'numbered') : tool;
}

/** The tool that a file beside numbered migrations tells: Atlas keeps its checksums there. */
function toolBeside({ tool, directory }: Group, paths: readonly string[]): Tool | undefined {
  const prefix = directory === '' ? '' : `${directory}/`;
  return tool.id === 'numbered' && paths.includes(`${prefix}atlas.sum`) ? 'atlas' : undefined;
}

function configured(paths: readonly string[], where: string, { engine, tool }: HistoryHints): readonly History[] {
  const inside = paths.filter(matcher(where));
  const groups = groupsOf(inside, tool).filter((group) => ups(group) > 0);
  const histories = groups.map((group) => historyOf(group, tool ?? toolBeside(group, paths)));
  const compatible = ranked(histories, engine);
  if (compatible.length > 0) return compatible;
  return [inOrderOfNames(inside, where, tool)];
}

/** A configured folder whose files follow no tool's naming: as a person would number them. */
function inOrderOfNames(inside: readonly string[], where: string, tool: Tool | undefined): History {
  const directory = fixedPart(where);
  const entries = inside
    .filter((path) => path.endsWith('.sql') && !isSnapshot(path) && tool === undefined)
    .map((path): HistoryEntry => ({ version: lastSegment(path).slice(0, -'.sql'.length), name: '', up: path }))
    .sort((one, other) => compareVersions(one.version, other.version) || compareTexts(one.up, other.up));
  const engine = guessEngine(directory);
  const problems = entries.length > 0 ? [] : [`no migrations were found under \`${where}\``];
  return { tool: tool ?? 'numbered', directory, ...(engine === undefined ? {} : { engine }), entries, problems };
}

function matcher(where: string): (path: string) => boolean {
  const clean = trimmed(where);
  if (clean === '' || clean === '.') return () => true;
  if (!isGlob(clean)) return (path) => path === clean || path.startsWith(`${clean}/`);
  return picomatch([clean, `${clean}/**`]);
}

function isGlob(where: string): boolean {
  return /[*?[\]{}!]/.test(where);
}

/** The folders of a path or glob before its first wildcard. */
function fixedPart(where: string): string {
  const segments = trimmed(where).split('/');
  const end = segments.findIndex((segment) => isGlob(segment) || segment.endsWith('.sql'));
  return segments.slice(0, end === -1 ? segments.length : end).join('/');
}

function trimmed(where: string): string {
  return where.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
}

/** Code of other people that lies in the repository. */
function isForeign(path: string): boolean {
  return /(?:^|\/)(?:node_modules|vendor|third_party|\.git)\//.test(path);
}

/** A picture of the whole schema or a set of rows, not a step. */
function isSnapshot(path: string): boolean {
  return /^(?:latest|schema|structure|dump|seeds?|snapshot|readme)\b.*\.sql$/i.test(lastSegment(path));
}

/** Sure places first; what lies in folders for tests, examples or rows counts only where nothing else is found. */
function bestOf(groups: readonly Group[]): readonly Group[] {
  const withUps = groups.filter((group) => ups(group) > 0);
  const own = withUps.filter(({ directory }) => !isAside(directory));
  const sure = own.filter(isSure);
  if (sure.length > 0) return sure;
  const likely = own.filter(isLikely);
  return likely.length > 0
    ? [...likely, ...own.filter((group) => !isLikely(group) && likely.some((other) => isTwin(group, other)))]
    : withUps.filter((group) => isAside(group.directory) && (isSure(group) || isLikely(group)));
}

function isAside(directory: string): boolean {
  return /(?:^|\/)(?:tests?|testdata|__tests__|fixtures?|spec|examples?|samples?|docs?|seeds?|seeders|snapshots?|dist|build|target)(?:\/|$)/i.test(
    directory,
  );
}

function isSure({ tool, directory }: Group): boolean {
  return tool.id !== 'numbered' || /migrat|evolution|drizzle|goose|dbmate|changelog|patches|upgrade/i.test(directory);
}

function isLikely(group: Group): boolean {
  if (ups(group) < 2) return false;
  const { directory } = group;
  return (
    directory === '' ||
    /sql|db|database|schema|ddl|versions/i.test(directory) ||
    guessEngine(lastSegment(directory)) !== undefined
  );
}

/** `mysql` and `postgres` side by side: the same schema for two engines, of which one may have less to it so far. */
function isTwin(one: Group, other: Group): boolean {
  const name = (group: Group) => guessEngine(lastSegment(group.directory));
  return parent(one.directory) === parent(other.directory) && name(one) !== undefined && name(other) !== undefined;
}

function ranked(histories: readonly History[], engine: Engine | undefined): readonly History[] {
  const distance = (history: History) => distanceBetween(history.engine, engine);
  return histories
    .filter((history) => distance(history) < 3)
    .sort(
      (one, other) =>
        distance(one) - distance(other) ||
        other.entries.length - one.entries.length ||
        compareTexts(one.directory, other.directory),
    );
}

/** MySQL and MariaDB often share one folder. */
function distanceBetween(found: Engine | undefined, wanted: Engine | undefined): number {
  if (wanted === undefined || found === wanted) return 0;
  if (found === undefined) return 2;
  const family = ['mysql', 'mariadb'];
  return family.includes(found) && family.includes(wanted) ? 1 : 3;
}
