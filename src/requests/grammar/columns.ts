import { snakeCase } from '../names/normal.ts';
import { singularName } from '../text/inflection.ts';
import { isWord, type Word } from '../text/words.ts';
import { wordedType } from '../types/words.ts';
import { readAttribute } from './attributes.ts';
import type { Setting } from './clause.ts';
import { readType } from './type-phrase.ts';
import { isComma, mayBeName } from './vocabulary.ts';
import type { ColumnWish } from './wish.ts';

/** `definition`: a name and then its type ("birth date" is a date). `prose`: "birth date" is a name. */
type Style = 'definition' | 'prose';

/** Nouns that end a name in prose although they name a type elsewhere. */
const suffixes = new Set(
  `number count date time flag price day percentage percent counter currency money address duration name`.split(/\s+/),
);

/** The columns that a list describes: names with what is said about each. What stands before the first name belongs to it. */
export function columnsOf(words: readonly Word[], setting: Setting, text: string, style: Style): readonly ColumnWish[] {
  const columns: { names: Word[]; wish: ColumnWish }[] = [];
  let current = start();
  let parted = false;
  let explaining = false;
  // Where names are quoted, words without quotes are none: "add `note` to orders instead".
  const quoted = style === 'prose' && words.some(({ kind }) => kind === 'name');
  for (let at = 0; at < words.length; ) {
    const word = words[at] as Word;
    if (isComma(word)) {
      parted = current.names.length > 0;
      explaining = false;
      at++;
      continue;
    }
    if (!isSuffix(word, words[at - 1]) && !names(at)) {
      const read = readAttribute(words, at, setting, text);
      if (read !== undefined) {
        const { references } = read.column;
        if (read.column.primaryKey === true && isWord(words[read.next], 'on', 'over', '(', 'of')) {
          at = keyOver(read.next + 1);
          continue;
        }
        // "and a reference to orders": a column of its own, called after what it points to.
        if (parted && references !== undefined && isWord(word, 'reference', 'link', 'foreign', 'fk')) {
          next();
          current.names.push({ ...word, kind: 'name', text: `${singularName(snakeCase(references.table))}_id` });
        }
        const secondType = read.column.type !== undefined && current.wish.type !== undefined;
        if (parted && secondType) next();
        current.wish = { ...read.column, ...current.wish };
        at = read.next;
        // A name ends where something is said about it; what follows until the next comma explains.
        explaining = current.names.length > 0;
        continue;
      }
    }
    if (explains(word)) explaining = current.names.length > 0;
    if ((quoted ? word.kind === 'name' : mayBeName(word) || isSuffix(word, words[at - 1])) && !explaining) {
      if (parted || (word.kind === 'name' && current.names.length > 0)) next();
      current.names.push(word);
    }
    at++;
  }
  if (current.names.length > 0 || Object.keys(current.wish).length > 0) columns.push(current);
  const found: ColumnWish[] = [];
  for (const { names: parts, wish } of columns) {
    const last = found.at(-1);
    // What follows without a name of its own is about the column before it.
    if (parts.length === 0 && last !== undefined) found[found.length - 1] = together(last, wish);
    else found.push(parts.length === 0 ? wish : { ...wish, name: nameOf(parts) });
  }
  return found;

  function next(): void {
    columns.push(current);
    current = start();
    parted = false;
  }

  /** "primary key (a, b)", "primary key on both": the columns named, or all so far. Gives where to go on. */
  function keyOver(from: number): number {
    let end = from;
    while (end < words.length && (mayBeName(words[end]) || isComma(words[end]))) end++;
    const keys = words
      .slice(from, end)
      .filter(mayBeName)
      .map((word) => nameOf([word]));
    columns.push(current);
    for (const column of columns) {
      if (column.names.length === 0) continue;
      if (keys.length === 0 || keys.includes(nameOf(column.names))) column.wish = { ...column.wish, primaryKey: true };
    }
    current = columns.pop() ?? start();
    return isWord(words[end], ')') ? end + 1 : Math.max(end, from);
  }

  /** What must be a name although it could be a type: a quoted word, "a price" alone, and "number" in "number (text)". */
  function names(at: number): boolean {
    const word = words[at] as Word;
    if (current.names.length > 0 && !parted) return false;
    if (word.kind === 'name') return current.wish.type === undefined || !parted;
    if (word.kind !== 'word') return false;
    const next = isWord(words[at + 1], '(', ':', '-') ? at + 2 : at + 1;
    if (
      style === 'definition' &&
      namingTypes.has(word.lower) &&
      (words[at + 1] === undefined || isComma(words[at + 1]))
    )
      return true;
    if (style === 'prose') return namingTypes.has(word.lower) && !mayBeName(words[at + 1]) && !parted;
    const starts = parted || current.wish.type === undefined;
    return (
      starts &&
      wordedType(word.lower, setting.engine) !== undefined &&
      readType(words, next, setting, text) !== undefined
    );
  }

  /** "phone number": the second word would be a type if it did not end a name. */
  function isSuffix(word: Word, before: Word | undefined): boolean {
    return (
      style === 'prose' &&
      word.kind === 'word' &&
      suffixes.has(word.lower) &&
      before?.kind === 'word' &&
      !before.text.includes('_') &&
      current.names.at(-1) === before &&
      !parted
    );
  }
}

/** Everyday words for types that are more often the column's own name. */
export const namingTypes: ReadonlySet<string> = new Set(
  'currency price percentage counter duration address count day path line point box circle polygon year interval'.split(
    ' ',
  ),
);

/** What two descriptions say of one column. "text, up to 40 characters" is one type, other pairs are two. */
export function together(first: ColumnWish, second: ColumnWish): ColumnWish {
  const both = { ...second, ...first };
  if (first.type === undefined || second.type === undefined || first.type.toLowerCase() === second.type.toLowerCase())
    return both;
  if (/^(?:text|string|free text|varchar)$/i.test(first.type) && /^(?:varchar|char|character)/i.test(second.type))
    return { ...both, type: second.type };
  return { ...both, otherType: second.type };
}

function start(): { names: Word[]; wish: ColumnWish } {
  return { names: [], wish: {} };
}

function explains(word: Word): boolean {
  return isWord(
    word,
    'with',
    'that',
    'which',
    'for',
    'as',
    'of',
    'to',
    'so',
    '(',
    ':',
    '-',
    'is',
    'where',
    'by',
    'in',
    'type',
  );
}

/** One word stands as it is written; several make one name. */
export function nameOf(words: readonly Word[]): string {
  const [first] = words;
  if (words.length === 1 && first !== undefined) return first.kind === 'name' ? first.text : plainName(first.text);
  return snakeCase(words.map(({ text }) => text).join(' '));
}

/** Only names in code style keep their capitals: "Discount" and "DISCOUNT" are `discount`. */
function plainName(text: string): string {
  return /^\p{Lu}[\p{Ll}_]*$|^[\p{Lu}\p{N}_]+$/u.test(text) ? text.toLowerCase() : text;
}
