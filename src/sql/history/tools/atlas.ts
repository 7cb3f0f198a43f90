import type { MigrationTexts } from '../history.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import type { Directions, MigrationTool } from './tool.ts';

const directive = /^\uFEFF?(?:[ \t]*(?:--[^\n]*)?\n)*[ \t]*--[ \t]*atlas:txmode[ \t]+(none|file|all)\b/;

/** Whether the text says how Atlas is to run it. */
export function isAtlas(text: string): boolean {
  return directive.test(text);
}

/**
 * `20240102030405_name.sql` beside an `atlas.sum` (Atlas documentation, "Migration Directory"). Each file runs in a transaction,
 * statement by statement, unless its head says `-- atlas:txmode none` ("Applying Migrations", File-level Transaction Mode).
 */
export const atlas: MigrationTool = {
  id: 'atlas',
  firstVersion: 'timestamp',
  part: flatPart,
  compare: flatCompare,
  read: readAtlas,
  paths: flatPaths,
  // It plans the way back by itself.
  write: ({ up, transaction }, paths) => [{ path: paths.up, text: transaction ? up : `-- atlas:txmode none\n\n${up}` }],
};

export function readAtlas({ up }: MigrationTexts): Directions {
  return { sql: up, transaction: directive.exec(up)?.[1] !== 'none', tool: 'atlas' };
}
