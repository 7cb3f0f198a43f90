import { columnsOf } from '../grammar/columns.ts';
import { withoutFillers } from '../grammar/vocabulary.ts';
import type { ColumnWish } from '../grammar/wish.ts';
import { plain } from '../text/markdown.ts';
import { wordsOf } from '../text/words.ts';
import type { Desk } from './desk.ts';

/** The columns of an answer: one a line or one a comma. */
export function columnsFromText(answer: string, desk: Desk): readonly ColumnWish[] {
  const setting = { engine: desk.engine, catalog: desk.catalog(), newTables: new Set<string>(), columns: [] };
  return plain(answer)
    .split('\n')
    .map((line) => line.replace(/^\s*[-*+]\s/, ''))
    .flatMap((line) => columnsOf(withoutFillers(wordsOf(line)), setting, line, 'definition'))
    .filter(({ name }) => name !== undefined);
}
