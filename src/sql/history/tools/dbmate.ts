import type { MigrationTexts } from '../history.ts';
import { hasSeveralStatements, sectionsOf } from '../sections.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import type { Directions, MigrationTool } from './tool.ts';

const directive = /^\s*--\s*migrate:(up|down)\b([^\r]*)/;

/** Whether the text carries dbmate's directives. */
export function isDbmate(text: string): boolean {
  return /^[ \t]*--[ \t]*migrate:up\b/m.test(text);
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
  write({ up, down, transaction }, paths) {
    const how = transaction ? '' : ' transaction:false';
    return [{ path: paths.up, text: `-- migrate:up${how}\n${up}\n-- migrate:down${how}\n${down}` }];
  },
};

export function readDbmate({ up: text }: MigrationTexts): Directions {
  if (!isDbmate(text)) return { sql: text, transaction: true, tool: 'dbmate' };

  const without = { up: false, down: false };
  const { sql, down } = sectionsOf(text, (line) => {
    const [, which, options = ''] = directive.exec(line) ?? [];
    if (which !== 'up' && which !== 'down') return undefined;
    without[which] = /\btransaction:\s*false\b/.test(options);
    return which;
  });

  const forth: Directions = {
    sql,
    transaction: !without.up || hasSeveralStatements(sql),
    ...(without.up ? { inOneMessage: true } : {}),
    tool: 'dbmate',
  };
  if (down === undefined) return forth;
  return { ...forth, down, downTransaction: !without.down || hasSeveralStatements(down) };
}
