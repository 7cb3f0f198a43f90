import { isWord, type Word } from '../text/words.ts';
import { isTable, type Setting } from './clause.ts';
import { articles, isPlace, isTableNoun, mayBeName } from './vocabulary.ts';

/** A mention of a table taken out of a clause. */
export interface Located {
  readonly table?: string;
  readonly rest: readonly Word[];
}

/**
 * Finds the table that the words speak of, and gives the words without it. `prepositions` are those after which a table may
 * stand here: after others it is something else ("renamed to customers"). A table that exists wins over one that does not;
 * one that does not is taken only where nothing else could be meant, so that it can be asked about.
 */
export function locate(words: readonly Word[], setting: Setting, prepositions: readonly string[]): Located {
  const known = locateKnown(words, setting, prepositions);
  if (known.table !== undefined) return known;
  return afterPreposition(words, setting, prepositions, false) ?? known;
}

/** The same without guessing: only a table that exists, or that is plainly written as one. */
export function locateKnown(words: readonly Word[], setting: Setting, prepositions: readonly string[]): Located {
  return (
    dotted(words, setting) ??
    besideNoun(words, setting) ??
    afterPreposition(words, setting, prepositions, true) ?? { rest: words }
  );
}

/** `orders.total` names a table and a column, unless the whole is a table in a schema. */
function dotted(words: readonly Word[], setting: Setting): Located | undefined {
  const at = words.findIndex((word) => isName(word) && word.text.includes('.') && !isTable(setting, word.text));
  const word = words[at];
  if (word === undefined) return undefined;
  const table = word.text.slice(0, word.text.lastIndexOf('.'));
  return {
    table,
    rest: words.map((each) =>
      isName(each) && each.lower.startsWith(`${table.toLowerCase()}.`)
        ? { ...each, kind: 'name', text: each.text.slice(table.length + 1), lower: each.lower.slice(table.length + 1) }
        : each,
    ),
  };
}

function isName(word: Word): boolean {
  return word.kind === 'name' || word.kind === 'word';
}

/** `the orders table`, `table orders`. */
function besideNoun(words: readonly Word[], setting: Setting): Located | undefined {
  for (const [at, word] of words.entries()) {
    if (!isTableNoun(word)) continue;
    for (const length of [3, 2, 1]) {
      const before = phrase(words, at - length, at);
      if (before !== undefined && (length === 1 || isTable(setting, before))) {
        if (length === 1 && !isTable(setting, before) && isTable(setting, phrase(words, at + 1, at + 2) ?? '')) break;
        return cut(words, at - length, at + 1, before);
      }
    }
    for (const length of [3, 2, 1]) {
      const after = phrase(words, at + 1, at + 1 + length);
      if (after !== undefined && (length === 1 || isTable(setting, after)))
        return cut(words, at, at + 1 + length, after);
    }
  }
  return undefined;
}

function afterPreposition(
  words: readonly Word[],
  setting: Setting,
  prepositions: readonly string[],
  known: boolean,
): Located | undefined {
  for (let at = 0; at < words.length; at++) {
    if (!isWord(words[at], ...prepositions)) continue;
    let from = at + 1;
    while (
      words[from]?.kind === 'word' &&
      (articles.has(words[from]?.lower ?? '') || isWord(words[from], 'existing', 'all'))
    )
      from++;
    for (const length of known ? [3, 2, 1] : [1]) {
      const name = phrase(words, from, from + length);
      if (name === undefined || isTable(setting, name) !== known) continue;
      if (known || endsHere(words, from + length)) return cut(words, from, from + length, name);
    }
  }
  return undefined;
}

/** An unknown word counts as a table only where its phrase ends: "in cents per unit" names none. */
function endsHere(words: readonly Word[], at: number): boolean {
  const next = words[at];
  return (
    next === undefined ||
    (next.kind === 'symbol' && next.text !== '.') ||
    isWord(next, 'with', 'and', 'as', 'that', 'which', 'should', 'must', 'references', 'referencing')
  );
}

/** The words from `from` to `to` as one name, where each of them may be part of one. */
function phrase(words: readonly Word[], from: number, to: number): string | undefined {
  if (from < 0 || to > words.length) return undefined;
  const parts = words.slice(from, to);
  if (!parts.every(mayBeName)) return undefined;
  return parts.map(({ text }) => text).join(' ');
}

/** The words without the mention and without the preposition and the articles before it. */
function cut(words: readonly Word[], from: number, to: number, table: string): Located {
  let start = from;
  while (start > 0 && words[start - 1]?.kind === 'word' && articles.has(words[start - 1]?.lower ?? '')) start--;
  if (isPlace(words[start - 1])) start--;
  let end = to;
  // "orders (a, b)" keeps its list; "orders," and "orders:" at the front lose their mark.
  if (start === 0 && isWord(words[end], ',', ':')) end++;
  return { table, rest: [...words.slice(0, start), ...words.slice(end)] };
}
