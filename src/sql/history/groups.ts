import type { Engine } from '../engine.ts';
import { engineNamed } from './guess-engine.ts';
import type { Tool } from './history.ts';
import { migrationTools, toolOf } from './tools/index.ts';
import { lastSegment, type MigrationTool, type Part, parent } from './tools/tool.ts';

/** The files of one folder that one tool could run. */
export interface Group {
  readonly tool: MigrationTool;
  readonly directory: string;
  /** The engine that the files' own names tell (`001_name.mysql.sql`). */
  readonly dialect: Engine | undefined;
  readonly files: { readonly path: string; readonly part: Part }[];
}

/** Those layouts that differ by their paths alone; the flat one stands for all tools that share it. */
const alike: ReadonlySet<Tool> = new Set(['dbmate', 'goose', 'atlas', 'sqlx', 'node-pg-migrate']);
const layouts = migrationTools.filter(({ id }) => !alike.has(id));

/** Sorts paths by the tool and the folder that they belong to. A tool that is known excludes all others. */
export function groupsOf(paths: readonly string[], tool?: Tool): readonly Group[] {
  const candidates = tool === undefined ? layouts : [toolOf(tool)];
  const groups = new Map<string, Group>();
  for (const path of paths) {
    if (!path.endsWith('.sql') && !path.endsWith('.sql.conf') && !path.endsWith('/metadata.toml')) continue;
    for (const candidate of candidates) {
      const { part, dialect } = partOf(path, candidate);
      if (part === undefined) continue;
      const key = `${candidate.id}\n${part.directory}\n${dialect ?? ''}`;
      const group = groups.get(key) ?? { tool: candidate, directory: part.directory, dialect, files: [] };
      group.files.push({ path, part });
      groups.set(key, group);
    }
  }
  return [...groups.values()].filter((group) => !isShadowed(group, groups));
}

/** What a path means to a tool, with the engine that its file name tells. */
export function partOf(path: string, tool: MigrationTool): { part: Part | undefined; dialect: Engine | undefined } {
  const full = lastSegment(path);
  const [suffix, word = ''] = /\.([a-z0-9]+)\.sql$/.exec(full) ?? [];
  const dialect = suffix === undefined ? undefined : engineNamed(word);
  const base = suffix === undefined || dialect === undefined ? full : `${full.slice(0, -suffix.length)}.sql`;
  return { part: tool.part({ folder: parent(path), base }), dialect };
}

/**
 * `001_name.down.sql` fits two layouts: beside `001_name.up.sql` it is golang-migrate's, beside `001_name.sql` it is not.
 * The layout with more files that go up has the folder.
 */
function isShadowed(group: Group, groups: ReadonlyMap<string, Group>): boolean {
  const other =
    group.tool.id === 'numbered' ? 'golang-migrate' : group.tool.id === 'golang-migrate' ? 'numbered' : undefined;
  if (other === undefined) return false;
  const rival = groups.get(`${other}\n${group.directory}\n${group.dialect ?? ''}`);
  if (rival === undefined) return false;
  const [own, theirs] = [ups(group), ups(rival)];
  return own < theirs || (own === theirs && group.tool.id === 'numbered');
}

/** How many files of the group go up. */
export function ups({ files }: Group): number {
  return files.filter(({ part }) => part.role === 'up').length;
}
