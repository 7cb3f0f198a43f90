import type { Group } from './groups.ts';
import { guessEngine } from './guess-engine.ts';
import type { History, HistoryEntry, Tool } from './history.ts';
import type { MigrationTool } from './tools/tool.ts';

/** Tools that keep both ways in one file. */
const inOneFile: ReadonlySet<Tool> = new Set(['goose', 'dbmate', 'node-pg-migrate']);

type Draft = { -readonly [Key in keyof HistoryEntry]: HistoryEntry[Key] };

/** The history that a group of files makes, in the order of its tool, with what is odd about the files. */
export function historyOf({ tool, directory, dialect, files }: Group, id: Tool = tool.id): History {
  const problems: string[] = [];
  const entries: Draft[] = [];
  const byName = new Map<string, Draft>();
  const byVersion = new Map<string, Draft>();
  for (const { path, part } of files) {
    if (part.role !== 'up') continue;
    const { version, name } = part;
    const entry: Draft = { version, name, up: path };
    if (inOneFile.has(id)) entry.down = path;
    entries.push(entry);
    byName.set(`${version}\n${name}`, entry);
    byVersion.set(version, entry);
  }
  for (const { path, part } of files) {
    const { version, name, role } = part;
    if (role === 'up') continue;
    const entry = byName.get(`${version}\n${name}`) ?? (version === 'R' ? undefined : byVersion.get(version));
    if (role === 'metadata') {
      if (entry !== undefined) entry.metadata = path;
    } else if (entry === undefined)
      problems.push(`\`${path}\` goes back, but nothing goes forth with version ${version}`);
    else if (entry.down !== undefined && entry.down !== entry.up) {
      problems.push(`\`${entry.down}\` and \`${path}\` both go back from version ${version}`);
    } else entry.down = path;
  }
  entries.sort(tool.compare);
  const engine = dialect ?? guessEngine(directory);
  return {
    tool: id,
    directory,
    ...(engine === undefined ? {} : { engine }),
    entries,
    problems: [...problems, ...doubled(entries, tool)],
  };
}

/** Files with one version: their order, and whether the second runs at all, depends on the tool. */
function doubled(entries: readonly HistoryEntry[], tool: MigrationTool): readonly string[] {
  if (tool.id === 'prisma') return [];
  return entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    if (before === undefined || entry.version === 'R' || !isSameVersion(before, entry, tool)) return [];
    return [
      `\`${before.up}\` and \`${entry.up}\` have the same version ${entry.version}, so which comes first is not certain`,
    ];
  });
}

function isSameVersion(one: HistoryEntry, other: HistoryEntry, tool: MigrationTool): boolean {
  return tool.compare({ ...one, up: '' }, { ...other, up: '' }) === 0;
}
