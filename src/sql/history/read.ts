import type { HistoryEntry, Migration, MigrationTexts, Tool } from './history.ts';
import { toolOf } from './tools/index.ts';

/**
 * One migration as its tool would run it. `sql` and `down` keep the line numbers of their files: blank lines stand for the
 * tool's directives and for the other section.
 */
export function readMigration(entry: HistoryEntry, tool: Tool, texts: MigrationTexts): Migration {
  const { sql, transaction, down, downTransaction } = toolOf(tool).read(texts);
  const forth = { version: entry.version, file: entry.up, sql, transaction };
  if (down === undefined) return forth;
  return { ...forth, downFile: entry.down ?? entry.up, down, downTransaction: downTransaction ?? transaction };
}
