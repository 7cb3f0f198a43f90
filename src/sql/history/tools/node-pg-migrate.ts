import type { MigrationTexts } from '../history.ts';
import { sectionsOf } from '../sections.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import type { Directions, MigrationTool } from './tool.ts';

const directive = /^[ \t]*--[ \t-]*(up|down)[ \t]+migration/i;

/** Whether the text carries the marks of node-pg-migrate's SQL migrations. */
export function isNodePgMigrate(text: string): boolean {
  return /^[ \t]*--[ \t-]*up[ \t]+migration/im.test(text);
}

/**
 * One file with `-- Up Migration` and `-- Down Migration` (node-pg-migrate, sqlMigration); all of it runs in a transaction, and a
 * file in SQL has no way to say otherwise.
 */
export const nodePgMigrate: MigrationTool = {
  id: 'node-pg-migrate',
  firstVersion: 'timestamp',
  part: flatPart,
  compare: flatCompare,
  read: readNodePgMigrate,
  paths: flatPaths,
  write: ({ up, down }, paths) => [{ path: paths.up, text: `-- Up Migration\n${up}\n-- Down Migration\n${down}` }],
};

export function readNodePgMigrate({ up: text }: MigrationTexts): Directions {
  if (!isNodePgMigrate(text)) return { sql: text, transaction: true, tool: 'node-pg-migrate' };
  const { sql, down } = sectionsOf(text, (line) => {
    const word = directive.exec(line)?.[1]?.toLowerCase();
    return word === 'up' || word === 'down' ? word : undefined;
  });
  const forth: Directions = { sql, transaction: true, tool: 'node-pg-migrate' };
  return down === undefined ? forth : { ...forth, down, downTransaction: true };
}
