import { type Clause, isColumn, isTable, type Setting } from '../grammar/clause.ts';
import { nameOf } from '../grammar/columns.ts';
import { locateKnown } from '../grammar/locate.ts';
import { closing } from '../grammar/values.ts';
import { isColumnNoun, isComma, mayBeName } from '../grammar/vocabulary.ts';
import type { Wish } from '../grammar/wish.ts';
import { tablesWithColumn } from '../names/lookup.ts';
import { isWord, textOf, type Word } from '../text/words.ts';

const indexNouns = ['index', 'indexes', 'indices', 'indexing'];
const places = ['on', 'of', 'in', 'for', 'to', 'from', 'over'];

/** "Add an index on orders (customer_id, created_at)", "index the status of orders", "drop the index on orders.status". */
export function indexing(
  { mood, words, negated, subject, text }: Clause,
  setting: Setting,
): readonly Wish[] | undefined {
  if (negated || (mood !== 'do' && mood !== 'have')) return undefined;
  const noun = words.findIndex((word) => isWord(word, ...indexNouns));
  const isVerb = mood === 'do' && isWord(words[0], 'index');
  if (noun === -1 && !isVerb) return undefined;
  if (
    mood === 'do' &&
    !isWord(words[0], 'index', 'add', 'create', 'introduce', 'put', 'drop', 'remove', 'delete', 'make')
  )
    return undefined;
  // "a column discount with an index": the column is the wish.
  if (!isVerb && words.slice(0, noun).some((word) => isColumnNoun(word) || isWord(word, 'with'))) return undefined;

  const about = [...subject, ...words.slice(isVerb ? 1 : noun + 1)].filter((word) => !isWord(word, ...indexNouns));
  if (isWord(words[0], 'drop', 'remove', 'delete')) return [dropped(words, noun, about, setting, text)];
  const place = locateIndex(about, setting);
  const table = place.table ?? setting.table;
  const unique = words.slice(0, Math.max(noun, 1)).some((word) => isWord(word, 'unique'));
  const before = words
    .slice(isVerb || mood === 'do' ? 1 : 0, Math.max(noun, 0))
    .filter(
      (word) =>
        mayBeName(word) &&
        !isWord(
          word,
          'composite',
          'compound',
          'combined',
          'covering',
          'btree',
          'b-tree',
          'database',
          'partial',
          'missing',
          'multi-column',
          'single',
        ),
    );
  const columns = keys(place.rest, setting, table, text);
  const named = columns.length > 0 ? columns : keys(before, setting, table, text);
  const back = named.length === 0 && place.rest.some((word) => isWord(word, 'it', 'them')) ? setting.columns : named;
  return [{ kind: 'index', columns: back, unique, ...(table === undefined ? {} : { table }) }];
}

/** "the index orders_code_idx" has a name; "the index on orders.code" is told by what it covers. */
function dropped(words: readonly Word[], noun: number, about: readonly Word[], setting: Setting, text: string): Wish {
  const named = words.slice(1, noun).findLast(mayBeName) ?? (mayBeName(words[noun + 1]) ? words[noun + 1] : undefined);
  const { table, rest } = locateKnown(about, setting, places);
  const columns = named === undefined ? keys(rest, setting, table, text) : [];
  return {
    kind: 'drop-index',
    columns,
    ...(table === undefined ? {} : { table }),
    ...(named === undefined ? {} : { name: named.text }),
  };
}

/** After "on" stands a table or a column: brackets after it, or not being a column anywhere, make it a table. */
function locateIndex(
  words: readonly Word[],
  setting: Setting,
): { readonly table?: string; readonly rest: readonly Word[] } {
  const known = locateKnown(words, setting, places);
  if (known.table !== undefined) return known;
  const bare = words.findIndex((word) => mayBeName(word) && isTable(setting, word.text));
  const named = words[bare];
  if (named !== undefined && tablesWithColumn(setting.catalog, named.text).length === 0) {
    return { table: named.text, rest: words.filter((_, at) => at !== bare) };
  }
  const on = words.findIndex((word) => isWord(word, 'on'));
  const name = words[on === -1 ? 0 : on + 1];
  if (!mayBeName(name)) return known;
  const at = words.indexOf(name);
  const isTableName =
    isWord(words[at + 1], '(') ||
    (tablesWithColumn(setting.catalog, name.text).length === 0 &&
      setting.table === undefined &&
      words.length <= at + 2);
  return isTableName ? { table: name.text, rest: words.slice(at + 1) } : known;
}

/** The columns of the index; other words of the sentence give its purpose. */
function keys(words: readonly Word[], setting: Setting, table: string | undefined, text: string): readonly string[] {
  const found: string[] = [];
  // Between brackets a column may be called what is no name elsewhere: "(user_id, type)".
  const isKnown = (name: string) => table !== undefined && isColumn(setting, table, name);
  let listed = false;
  let depth = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const written = word.text;
    if (isWord(word, '(')) depth++;
    else if (isWord(word, ')')) depth--;
    else if (isWord(word, 'called', 'named')) at++;
    else if (isColumnNoun(word) || isWord(word, 'on')) listed = true;
    else if (isComma(word)) continue;
    else if (depth > 0 && mayBeName(word) && isWord(words[at + 1], '(')) {
      const close = closing(words, at + 1);
      found.push(textOf(text, words.slice(at, close + 1)).replaceAll('`', ''));
      at = close;
    } else if (depth > 0 && isKnown(written) && !mayBeName(word)) {
      found.push(written);
    } else if (depth > 0 && isWord(word, 'desc', 'descending') && found.length > 0) {
      found[found.length - 1] = `${found.at(-1)} DESC`;
    } else if (!mayBeName(word)) listed = isWord(word, 'combination', 'columns');
    else {
      const two = words[at + 1];
      const joined = mayBeName(two) ? nameOf([word, two]) : undefined;
      if (joined !== undefined && table !== undefined && isColumn(setting, table, joined)) {
        found.push(joined);
        at++;
      } else if (table !== undefined && isColumn(setting, table, word.text)) found.push(word.text);
      else if (depth > 0 || listed || word.kind === 'name') found.push(nameOf([word]));
    }
  }
  return [...new Set(found)].filter((name) => !/^(?:desc|asc|descending|ascending)$/i.test(name));
}
