import type { HistoryEntry, Migration, MigrationTexts, Tool } from './history.ts';
import { flyway } from './tools/flyway.ts';
import { golangMigrate } from './tools/golang-migrate.ts';
import { toolOf } from './tools/index.ts';
import { readMarked } from './tools/marks.ts';
import { prisma } from './tools/prisma.ts';
import { type Directions, lastSegment, parent } from './tools/tool.ts';

/**
 * One migration as its tool would run it. `sql` and `down` keep the line numbers of their files: blank lines stand for the
 * tool's directives and for the other section.
 */
export function readMigration(entry: HistoryEntry, tool: Tool, texts: MigrationTexts): Migration {
  return migrationOf(entry, toolOf(tool).read(texts), tool);
}

/**
 * A text on its own: as the tool runs it whose marks it has or whose layout its path shows, else as it is. Without its
 * neighbours it has no version that could be compared.
 */
export function readAlone(file: string, sql: string): Migration {
  const entry = { version: '', name: '', up: file, down: file };
  const marked = readMarked({ up: sql });
  if (marked !== undefined) return migrationOf(entry, marked);
  const tool = telling.find(({ part }) => part({ folder: parent(file), base: lastSegment(file) })?.role === 'up');
  if (tool === undefined) return { version: '', file, sql, transaction: false };
  return migrationOf(entry, tool.read({ up: sql }), tool.id);
}

/** Tools whose files are known by their own names. diesel's are too, but how it runs one stands in another file. */
const telling = [golangMigrate, flyway, prisma];

function migrationOf({ version, up, down: downFile = up }: HistoryEntry, read: Directions, tool?: Tool): Migration {
  const { down, downTransaction = read.transaction, ...forth } = read;
  const known = forth.tool ?? tool;
  const way = { version, file: up, ...forth, ...(known === undefined ? {} : { tool: known }) };
  return down === undefined ? way : { ...way, downFile, down, downTransaction };
}
