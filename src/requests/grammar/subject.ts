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
  const owned = table === undefined ? ownedBy(rest, setting) : undefined;
  if (owned !== undefined) return owned;
  const columns = namesIn(rest, setting, table);
  const place = table ?? (columns.length > 0 || setting.columns.length > 0 ? setting.table : undefined);
  const spoken = columns.length === 0 && speaksBack(rest) ? setting.columns : columns;
  return { ...(place === undefined ? {} : { table: place }), columns: spoken };
}

/** "blog post title": the table's name and then a column of it. */
function ownedBy(words: readonly Word[], setting: Setting): Subject | undefined {
  const names = words.filter((word) => !(word.kind === 'word' && columnNouns.has(word.lower)));
  if (names.length < 2 || names.length > 5 || !names.every((word) => word.kind === 'word' && mayBeName(word)))
    return undefined;
  for (let cut = names.length - 1; cut > 0; cut--) {
    const table = names
      .slice(0, cut)
      .map(({ text }) => text)
      .join(' ');
    const column = names
      .slice(cut)
      .map(({ text }) => text)
      .join(' ');
    if (isColumn(setting, table, column)) return { table, columns: [column] };
  }
  return undefined;
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
