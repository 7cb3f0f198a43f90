import type { MigrationTexts, Tool } from '../history.ts';
import { isAtlas, readAtlas } from './atlas.ts';
import { isDbmate, readDbmate } from './dbmate.ts';
import { isGoose, isSqlMigrate, readGoose } from './goose.ts';
import { isLiquibase, readLiquibase } from './liquibase.ts';
import { isNodePgMigrate, readNodePgMigrate } from './node-pg-migrate.ts';
import { isDrizzle, isSectioned, readDrizzle, readSectioned } from './sectioned.ts';
import { isSqlx, readSqlx } from './sqlx.ts';
import type { Directions } from './tool.ts';

interface Marks {
  /** Absent: one that is known for this only. */
  readonly tool?: Tool;
  readonly has: (text: string) => boolean;
  readonly read: (texts: MigrationTexts) => Directions;
}

/** The tools that are known by what stands in a file, because they share the layout of their paths. */
const marked: readonly Marks[] = [
  { tool: 'goose', has: isGoose, read: readGoose },
  { tool: 'dbmate', has: isDbmate, read: readDbmate },
  { tool: 'node-pg-migrate', has: isNodePgMigrate, read: readNodePgMigrate },
  { tool: 'atlas', has: isAtlas, read: readAtlas },
  { tool: 'sqlx', has: isSqlx, read: readSqlx },
  { has: isLiquibase, read: readLiquibase },
  { has: isDrizzle, read: readDrizzle },
  { has: isSectioned, read: readSectioned },
];

/** The tool whose marks a text has, if it has any. */
export function toolMarked(text: string): Tool | undefined {
  return !isSqlMigrate(text) ? marked.find(({ has }) => has(text))?.tool : undefined;
}

/** The directions of a text with a tool's marks. */
export function readMarked(texts: MigrationTexts): Directions | undefined {
  return marked.find(({ has }) => has(texts.up))?.read(texts);
}
