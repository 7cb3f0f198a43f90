import type { ReferentialAction } from '../../sql/change.ts';
import { isWord, reads, type Word } from '../text/words.ts';
import { isTable, type Setting } from './clause.ts';
import { readCondition } from './conditions.ts';
import { readType } from './type-phrase.ts';
import { readValue } from './values.ts';
import { articles, mayBeName } from './vocabulary.ts';
import type { ColumnWish, Reference } from './wish.ts';

/** What words say about a column, and those words that said nothing of the kind. */
export interface Attributes {
  readonly column: ColumnWish;
  readonly rest: readonly Word[];
}

interface Read {
  readonly column: ColumnWish;
  readonly next: number;
}

const required: readonly (readonly string[])[] = [
  ['not', 'be', 'null|empty|missing|blank|nullable|optional'],
  ['never|always', 'be', 'null|empty|missing|set|filled|present|given|blank'],
  ['not|never|non', 'null|empty|nullable|optional|missing|blank'],
  ["cannot|can't|mustn't|shouldn't|may|must|should|can|doesn't", 'not', 'be', 'null|empty|missing|blank|optional'],
  ["cannot|can't|mustn't|shouldn't|never", 'be', 'null|empty|missing|blank|optional'],
  ['no', 'longer', 'be', 'null|empty|optional|nullable|missing|blank'],
  ['no', 'longer', 'null|empty|optional|nullable'],
  ['not-null|non-null|non-nullable|notnull|non-empty'],
  ['required|mandatory|obligatory|compulsory'],
  ['must|should', 'be', 'set|filled|present|given'],
  ['be', 'set|filled|present|given'],
];

const optional: readonly (readonly string[])[] = [
  ['not|never', 'required|mandatory|obligatory|compulsory'],
  ['not|never', 'be', 'required|mandatory|obligatory|compulsory'],
  ['no', 'longer', 'be', 'required|mandatory|obligatory|compulsory'],
  ['no', 'longer', 'required|mandatory|obligatory|compulsory'],
  ['may|can', 'be', 'null|empty|missing|blank|absent|omitted'],
  ['be', 'null|empty|absent|omitted'],
  ['nullable|optional'],
  ['null'],
];

const actions: readonly (readonly [readonly string[], ReferentialAction])[] = [
  [['cascade|cascading'], 'cascade'],
  [['restrict'], 'restrict'],
  [['set', 'null'], 'set null'],
  [['set', 'default'], 'set default'],
  [['no', 'action'], 'no action'],
];

/** Words that only join attributes. */
const joints = new Set(
  `with and , ( ) : = of as which that is are be being should must shall type types data it its by - whose have has constraint value
   values column columns to always for also`.split(/\s+/),
);

/** Reads the words from left to right as what they say about a column. */
export function attributesOf(words: readonly Word[], setting: Setting, text: string): Attributes {
  let column: ColumnWish = {};
  const rest: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const read = readAttribute(words, at, setting, text);
    if (read !== undefined) {
      // The first word for a thing stands; the second type is kept apart so that it can be asked about.
      column = { ...read.column, ...column };
      at = read.next;
      continue;
    }
    const word = words[at] as Word;
    if (!(word.kind !== 'name' && word.kind !== 'string' && joints.has(word.lower))) rest.push(word);
    at++;
  }
  return { column, rest };
}

/** The attribute that begins at `at`, if one does. */
export function readAttribute(words: readonly Word[], at: number, setting: Setting, text: string): Read | undefined {
  const word = words[at];
  if (word === undefined || word.kind === 'code' || word.kind === 'string') return undefined;
  for (const phrase of required) {
    if (reads(words, at, ...phrase)) return { column: { required: true }, next: at + phrase.length };
  }
  for (const phrase of optional) {
    if (reads(words, at, ...phrase)) return { column: { required: false }, next: at + phrase.length };
  }
  if (isWord(word, 'unique', 'distinct')) return { column: { unique: true }, next: at + 1 };
  if (reads(words, at, 'primary', 'key')) return { column: { primaryKey: true }, next: at + 2 };
  if (isWord(word, 'indexed') || reads(words, at, 'index')) return { column: { indexed: true }, next: at + 1 };
  return (
    readDefault(words, at, text) ??
    readExisting(words, at, text) ??
    readReference(words, at, setting) ??
    readConditionOn(words, at, text) ??
    readTyped(words, at, setting, text)
  );
}

function readTyped(words: readonly Word[], at: number, setting: Setting, text: string): Read | undefined {
  const type = readType(words, at, setting, text);
  return type === undefined ? undefined : { column: { type: type.type }, next: type.next };
}

function readConditionOn(words: readonly Word[], at: number, text: string): Read | undefined {
  let from = at;
  if (isWord(words[from], 'must', 'should', 'has', 'shall')) from++;
  if (isWord(words[from], 'always', 'to')) from++;
  if (isWord(words[from], 'be')) from++;
  const condition = readCondition(words, from, text);
  return condition === undefined ? undefined : { column: { check: condition.condition }, next: condition.next };
}

/** "default 0", "defaults to 'new'", "with a default value of 0", "false by default". */
export function readDefault(words: readonly Word[], at: number, text: string): Read | undefined {
  let next = at;
  if (isWord(words[next], 'default', 'defaults', 'defaulting')) {
    next++;
    if (isWord(words[next], 'value', 'values')) next++;
    if (isWord(words[next], 'should', 'must') && isWord(words[next + 1], 'be')) next += 2;
    if (isWord(words[next], 'to', 'of', 'is', '=', ':', 'as', 'being')) next++;
    const value = readValue(words, next, text);
    return value === undefined || isNoValue(value.value.text)
      ? undefined
      : { column: { default: value.value }, next: value.next };
  }
  const value = readValue(words, at, text);
  if (value === undefined || value.value.kind === 'word' || !reads(words, value.next, 'by', 'default')) {
    return isWord(words[at], 'true', 'false') && reads(words, at + 1, 'by', 'default')
      ? { column: { default: { kind: 'word', text: words[at]?.text ?? '' } }, next: at + 3 }
      : undefined;
  }
  return { column: { default: value.value }, next: value.next + 2 };
}

function isNoValue(text: string): boolean {
  return /^(?:value|for|on|and|to|is|of)$/i.test(text);
}

/** "0 for existing rows", "existing orders get 'new'". */
function readExisting(words: readonly Word[], at: number, text: string): Read | undefined {
  if (isWord(words[at], 'existing', 'old')) {
    const verb = [1, 2].find((offset) => isWord(words[at + offset], 'get', 'gets', 'receive', '=', ':', 'have'));
    const value = verb === undefined ? undefined : readValue(words, at + verb + 1, text);
    return value === undefined ? undefined : { column: { existing: value.value }, next: value.next };
  }
  const value = readValue(words, at, text);
  if (value === undefined || value.value.kind === 'word' || !reads(words, value.next, 'for|in', 'existing|old'))
    return undefined;
  return { column: { existing: value.value }, next: Math.min(words.length, value.next + 3) };
}

/** "references customers(id)", "foreign key to customers", "pointing to customers". */
export function readReference(words: readonly Word[], at: number, setting: Setting): Read | undefined {
  let next = at;
  if (reads(words, at, 'foreign', 'key') || reads(words, at, 'foreign-key')) {
    next += isWord(words[at], 'foreign') ? 2 : 1;
    if (isWord(words[next], 'constraint', 'reference')) next++;
  } else if (isWord(words[at], 'fk')) next++;
  else if (
    !isWord(
      words[at],
      'references',
      'referencing',
      'reference',
      'refers',
      'referring',
      'pointing',
      'points',
      'point',
      'linked',
      'linking',
      'links',
      'link',
    )
  ) {
    return undefined;
  } else next++;
  while (
    isWord(words[next], 'to', 'on', 'at', 'with', 'into', 'references', 'referencing', 'pointing') ||
    articles.has(words[next]?.lower ?? '')
  )
    next++;
  const name = words[next];
  if (!mayBeName(name)) return undefined;
  next++;
  const dot = name.text.lastIndexOf('.');
  const qualified = dot > 0 && !isTable(setting, name.text);
  let reference: Reference = qualified
    ? { table: name.text.slice(0, dot), column: name.text.slice(dot + 1) }
    : { table: name.text };
  const column = words[next + 1];
  if (isWord(words[next], '(') && mayBeName(column) && isWord(words[next + 2], ')')) {
    reference = { ...reference, column: column.text };
    next += 3;
  } else if (isWord(words[next], 'table')) next++;
  const action = readOnDelete(words, next);
  if (action !== undefined)
    return { column: { references: { ...reference, onDelete: action.action } }, next: action.next };
  return { column: { references: reference }, next };
}

/** "on delete cascade", within a few words. */
export function readOnDelete(
  words: readonly Word[],
  from: number,
): { readonly action: ReferentialAction; readonly next: number } | undefined {
  let at = from;
  while (isWord(words[at], ',', '(', 'and', 'with')) at++;
  if (isWord(words[at], 'on') && isWord(words[at + 1], 'delete')) at += 2;
  else if (isWord(words[at], 'on-delete')) at++;
  else return undefined;
  if (isWord(words[at], ':', '=')) at++;
  for (const [phrase, action] of actions) {
    if (reads(words, at, ...phrase)) {
      const end = at + phrase.length;
      return { action, next: isWord(words[end], ')') ? end + 1 : end };
    }
  }
  return undefined;
}
