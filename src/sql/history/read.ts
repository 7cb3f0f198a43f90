import type { HistoryEntry, Migration, MigrationTexts, Tool } from './history.ts';
import { toolOf } from './tools/index.ts';
import { readMarked } from './tools/marks.ts';
import type { Directions } from './tools/tool.ts';

/**
 * One migration as its tool would run it. `sql` and `down` keep the line numbers of their files: blank lines stand for the
 * tool's directives and for the other section.
 */
export function readMigration(entry: HistoryEntry, tool: Tool, texts: MigrationTexts): Migration {
  return migrationOf(entry, toolOf(tool).read(texts), tool);
}

/** A text on its own: as the tool runs it whose marks it has, else as it is. */
export function readAlone(file: string, sql: string): Migration {
  const marked = readMarked({ up: sql });
  if (marked === undefined) return { version: '', file, sql, transaction: false };
  return migrationOf({ version: '', name: '', up: file, down: file }, marked);
}

function migrationOf({ version, up, down: downFile = up }: HistoryEntry, read: Directions, tool?: Tool): Migration {
  const { down, downTransaction = read.transaction, ...forth } = read;
  const known = forth.tool ?? tool;
  const way = { version, file: up, ...forth, ...(known === undefined ? {} : { tool: known }) };
  return down === undefined ? way : { ...way, downFile, down, downTransaction };
}
