import type { MigrationTexts } from '../history.ts';
import { hasSeveralStatements, onlyLines } from '../sections.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import type { Directions, MigrationTool } from './tool.ts';

const directive = /^\s*--\s*migrate:(up|down)\b([^\r]*)/;

/** Whether the text carries dbmate's directives. */
export function isDbmate(text: string): boolean {
  return /^\s*--\s*migrate:up\b/m.test(text);
}

/**
 * One file with `-- migrate:up` and `-- migrate:down` (dbmate, README): each direction runs in a transaction unless it says
 * `transaction:false`, and even then several statements are one transaction, because they are sent in one message
 * (amacneil/dbmate#126).
 */
export const dbmate: MigrationTool = {
  id: 'dbmate',
  firstVersion: 'timestamp',
  part: flatPart,
  compare: flatCompare,
  read: readDbmate,
  paths: flatPaths,
};

export function readDbmate({ up: text }: MigrationTexts): Directions {
  if (!isDbmate(text)) return { sql: text, transaction: true };

  const sections: (string | undefined)[] = [];
  const options = { up: '', down: '' };
  let section: 'up' | 'down' | undefined;
  for (const line of text.split('\n')) {
    const [found, which, rest = ''] = directive.exec(line) ?? [];
    if (which === 'up' || which === 'down') {
      section = which;
      options[which] = rest;
    }
    sections.push(found === undefined ? section : undefined);
  }

  const sql = onlyLines(text, (_, index) => sections[index] === 'up');
  const transaction = isOne(sql, options.up);
  if (!sections.includes('down')) return { sql, transaction };
  const down = onlyLines(text, (_, index) => sections[index] === 'down');
  return { sql, transaction, down, downTransaction: isOne(down, options.down) };
}

function isOne(sql: string, options: string): boolean {
  return !/\btransaction:\s*false\b/.test(options) || hasSeveralStatements(sql);
}
