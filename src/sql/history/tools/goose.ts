import type { MigrationTexts } from '../history.ts';
import { onlyLines } from '../sections.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import type { Directions, MigrationTool } from './tool.ts';

const annotation = /^\s*--\s*\+(?:goose|migrate)\s+([^\r]*?)\s*$/i;

/** Whether the text carries goose's annotations, or those of sql-migrate, which has the same two sections. */
export function isGoose(text: string): boolean {
  return /^\s*--\s*\+(?:goose|migrate)\s+up\b/im.test(text);
}

/**
 * One file with `-- +goose Up` and `-- +goose Down` (goose documentation, "Annotations"): case does not matter, the file
 * runs in a transaction unless `-- +goose NO TRANSACTION` stands in it, and then statement by statement. sql-migrate writes
 * `-- +migrate Up notransaction` for one direction.
 */
export const goose: MigrationTool = {
  id: 'goose',
  firstVersion: 'timestamp',
  part: flatPart,
  compare: flatCompare,
  read: readGoose,
  paths: flatPaths,
};

export function readGoose({ up: text }: MigrationTexts): Directions {
  if (!isGoose(text)) return { sql: text, transaction: true };

  const sections: ('up' | 'down' | undefined)[] = [];
  const without = { up: false, down: false };
  let section: 'up' | 'down' | undefined;
  for (const line of text.split('\n')) {
    const words = annotation.exec(line)?.[1]?.toLowerCase().split(/\s+/);
    const [word, option] = words ?? [];
    if (word === 'up' || word === 'down') {
      section = word;
      if (option === 'notransaction') without[word] = true;
    } else if (word === 'no' && option === 'transaction') {
      without.up = true;
      without.down = true;
    }
    sections.push(words === undefined ? section : undefined);
  }

  const sql = onlyLines(text, (_, index) => sections[index] === 'up');
  const transaction = !without.up;
  if (!sections.includes('down')) return { sql, transaction };
  const down = onlyLines(text, (_, index) => sections[index] === 'down');
  return { sql, transaction, down, downTransaction: !without.down };
}
