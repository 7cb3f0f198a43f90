import { isWord, type Word } from '../text/words.ts';
import { isColumn, type Setting } from './clause.ts';
import { nameOf } from './columns.ts';
import { locate } from './locate.ts';
import { columnNouns, isComma, mayBeName } from './vocabulary.ts';

/** The columns that words speak of, with their table where it is said. */
export interface Subject {
  readonly table?: string;
  readonly columns: readonly string[];
}

const whereColumnsStand = ['of', 'on', 'in', 'from', 'for', 'to', 'within'];

/** Reads "the total of orders", "orders.total", "total and tax on orders", "it". */
export function subjectOf(words: readonly Word[], setting: Setting): Subject {
  const { table, rest } = locate(words, setting, whereColumnsStand);
  const columns = namesIn(rest, setting, table);
  const place = table ?? (columns.length > 0 || setting.columns.length > 0 ? setting.table : undefined);
  const spoken = columns.length === 0 && speaksBack(rest) ? setting.columns : columns;
  return { ...(place === undefined ? {} : { table: place }), columns: spoken };
}

/** The names in a list; words next to each other make one name, unless each is a column. */
export function namesIn(words: readonly Word[], setting: Setting, table: string | undefined): readonly string[] {
  const names: string[] = [];
  let run: Word[] = [];
  const end = () => {
    const whole = run.length === 0 ? undefined : nameOf(run);
    if (whole !== undefined) {
      const parts = run.map((word) => nameOf([word]));
      const known = table !== undefined && parts.length > 1 && !isColumn(setting, table, whole);
      names.push(...(known ? parts.filter((part) => isColumn(setting, table, part)) : [whole]));
      if (known && !parts.some((part) => isColumn(setting, table, part))) names.push(whole);
    }
    run = [];
  };
  for (const word of words) {
    if (mayBeName(word) && !(word.kind === 'name' && run.length > 0)) run.push(word);
    else {
      end();
      if (mayBeName(word)) run.push(word);
      else if (
        !isComma(word) &&
        !isWord(word, '(', ')') &&
        names.length > 0 &&
        isWord(word, 'to', 'as', 'with', 'for', 'by')
      )
        break;
    }
  }
  end();
  return names;
}

/** "it", "them", "the column". */
export function speaksBack(words: readonly Word[]): boolean {
  return (
    words.length > 0 &&
    words.every(
      (word) =>
        isWord(word, 'it', 'they', 'them', 'that', 'this', ',') ||
        (word.kind === 'word' && columnNouns.has(word.lower)),
    )
  );
}
