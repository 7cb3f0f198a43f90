import { type Clause, isTable, type Setting } from '../grammar/clause.ts';
import { locate, locateKnown } from '../grammar/locate.ts';
import { namesIn, speaksBack } from '../grammar/subject.ts';
import { isColumnNoun, isTableNoun } from '../grammar/vocabulary.ts';
import type { Wish } from '../grammar/wish.ts';
import { tablesWithColumn } from '../names/lookup.ts';
import { isWord, type Word } from '../text/words.ts';

const dropping = ['drop', 'remove', 'delete'];
const places = ['from', 'on', 'in', 'of'];

/** "Drop the legacy column from customers", "remove `a` and `b` from orders", "delete the table old_orders". */
export function drop({ mood, words, negated }: Clause, setting: Setting): readonly Wish[] | undefined {
  if (mood !== 'do' || negated) return undefined;
  const rest =
    isWord(words[0], 'get') && isWord(words[1], 'rid') ? words.slice(isWord(words[2], 'of') ? 3 : 2) : words.slice(1);
  if (!isWord(words[0], ...dropping) && rest.length === words.length - 1) return undefined;
  // Constraints and defaults have sentences of their own; rows are data.
  if (
    rest.some((word) =>
      isWord(
        word,
        'constraint',
        'constraints',
        'default',
        'row',
        'rows',
        'record',
        'records',
        'where',
        'index',
        'indexes',
        'indices',
        'null',
        'key',
        'older',
      ),
    )
  )
    return undefined;

  const ofTables = rest.some(isTableNoun) && !rest.some(isColumnNoun) && !rest.some((word) => isWord(word, ...places));
  if (ofTables) {
    const tables = namesIn(rest, setting, undefined);
    const known = tables.filter((table) => isTable(setting, table));
    return (known.length > 0 ? known : tables).map((table): Wish => ({ kind: 'drop-table', table }));
  }
  const { table, rest: what } = rest.some(isColumnNoun)
    ? locate(rest, setting, places)
    : locateKnown(rest, setting, places);
  if (speaksBack(what) && setting.columns.length === 0 && setting.table !== undefined && !rest.some(isColumnNoun)) {
    return [{ kind: 'drop-table', table: setting.table }];
  }
  if (speaksBack(what) && setting.columns.length > 0)
    return setting.columns.map((column) => column_(column, table ?? setting.table));
  const names = namesIn(what, setting, table);
  if (table !== undefined || rest.some(isColumnNoun))
    return names.map((name) => column_(name, table ?? inSetting(name, setting)));
  const known =
    names.length > 0 &&
    names.every(
      (name) => isTable(setting, name) || tablesWithColumn(setting.catalog, name).length > 0 || isQuoted(what, name),
    );
  return known
    ? names.map(
        (name): Wish => ({ kind: 'drop', name, ...(setting.table === undefined ? {} : { table: setting.table }) }),
      )
    : undefined;
}

function column_(column: string, table: string | undefined): Wish {
  return { kind: 'drop-column', column, ...(table === undefined ? {} : { table }) };
}

function inSetting(name: string, setting: Setting): string | undefined {
  const holders = tablesWithColumn(setting.catalog, name);
  return holders.length === 1 ? undefined : setting.table;
}

function isQuoted(words: readonly Word[], name: string): boolean {
  return words.some(({ kind, text }) => kind === 'name' && text === name);
}
