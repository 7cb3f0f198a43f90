import { split } from '../../parsers/postgresql/split.ts';
import type { MigrationTexts } from '../history.ts';
import { sectionsOf } from '../sections.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import type { Directions, MigrationTool } from './tool.ts';

const annotation = /^[ \t]*--[ \t]*\+(?:goose|migrate)[ \t]+(.*)$/i;

/** Whether the text carries goose's annotations, or those of sql-migrate, which has the same two sections. */
export function isGoose(text: string): boolean {
  return /^[ \t]*--[ \t]*\+(?:goose|migrate)[ \t]+up\b/im.test(text);
}

/** Whether the annotations are those of sql-migrate. */
export function isSqlMigrate(text: string): boolean {
  return /^[ \t]*--[ \t]*\+migrate\b/im.test(text);
}

/**
 * One file with `-- +goose Up` and `-- +goose Down` (goose documentation, "Annotations"): case does not matter, the file
 * runs in a transaction unless `-- +goose NO TRANSACTION` stands in it, and then statement by statement. sql-migrate writes
 * `-- +migrate Up notransaction` for one direction (sql-migrate, README).
 */
export const goose: MigrationTool = {
  id: 'goose',
  firstVersion: 'timestamp',
  part: flatPart,
  compare: flatCompare,
  read: readGoose,
  paths: flatPaths,
  write({ up, down, transaction }, paths) {
    const how = transaction ? '' : '-- +goose NO TRANSACTION\n';
    const text = `${how}-- +goose Up\n${delimited(up)}\n-- +goose Down\n${delimited(down)}`;
    return [{ path: paths.up, text }];
  },
};

export function readGoose({ up: text }: MigrationTexts): Directions {
  if (!isGoose(text)) return { sql: text, transaction: true, tool: 'goose' };

  const without = { up: false, down: false };
  const { sql, down } = sectionsOf(text, (line) => {
    const words = annotation.exec(line.trimEnd())?.[1]?.toLowerCase().split(/\s+/);
    if (words === undefined) return undefined;
    const [word, option] = words;
    if (word === 'no' && option === 'transaction') {
      without.up = true;
      without.down = true;
    }
    if (word !== 'up' && word !== 'down') return 'aside';
    if (option === 'notransaction') without[word] = true;
    return word;
  });

  // sql-migrate has other habits than goose.
  const tool = isSqlMigrate(text) ? 'numbered' : 'goose';
  const forth: Directions = { sql, transaction: !without.up, tool };
  return down === undefined ? forth : { ...forth, down, downTransaction: !without.down };
}

/**
 * goose takes a line that ends in a semicolon for the end of a statement, wherever it stands, unless the statement is marked
 * (goose documentation, "Annotations": StatementBegin).
 */
function delimited(sql: string): string {
  let text = '';
  let at = 0;
  for (const { start, end } of split(sql)) {
    const isOpen = /;[ \t]*(?:--.*)?$/m.test(sql.slice(start, end));
    const stop = sql[end] === ';' ? end + 1 : end;
    const statement = sql.slice(start, stop);
    text += sql.slice(at, start);
    text += isOpen ? `-- +goose StatementBegin\n${statement}\n-- +goose StatementEnd` : statement;
    at = stop;
  }
  return text + sql.slice(at);
}
