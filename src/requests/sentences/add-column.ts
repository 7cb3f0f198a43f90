import { attributesOf } from '../grammar/attributes.ts';
import { type Clause, isTable, type Setting } from '../grammar/clause.ts';
import { columnsOf, nameOf, namingTypes } from '../grammar/columns.ts';
import { type Located, locate, locateKnown } from '../grammar/locate.ts';
import { isColumnNoun, isTableNoun, mayBeName } from '../grammar/vocabulary.ts';
import type { ColumnWish, Wish } from '../grammar/wish.ts';
import { snakeCase } from '../names/normal.ts';
import { singularName } from '../text/inflection.ts';
import { isWord, type Word } from '../text/words.ts';

const adding = [
  'add',
  'create',
  'introduce',
  'include',
  'append',
  'insert',
  'store',
  'save',
  'track',
  'record',
  'keep',
  'put',
  'extend',
  'give',
  'provide',
];
const places = ['to', 'on', 'in', 'for', 'of', 'onto', 'into', 'from'];
const purposes = ['for', 'to', 'that', 'which', 'holding', 'storing', 'containing', 'where'];
const storing = [
  'store',
  'hold',
  'keep',
  'record',
  'track',
  'save',
  'contain',
  'contains',
  'stores',
  'holds',
  'say',
  'mark',
];

/** "Add a discount column to orders", "orders should have a phone number", "store the phone number on customers". */
export function addColumn(clause: Clause, setting: Setting): readonly Wish[] | undefined {
  const { mood, negated, text } = clause;
  if (negated || (mood !== 'do' && mood !== 'have')) return undefined;
  if (mood === 'do' && !isWord(clause.words[0], ...adding)) return undefined;
  const words = mood === 'do' ? clause.words.slice(1) : clause.words;
  const { table, rest } = place(clause, words, setting);
  const noun = rest.findIndex(isColumnNoun);
  if (noun === -1 && !isPlainlyAColumn(clause, table, rest, setting)) return undefined;

  if (noun === -1 && rest.some((word) => isWord(word, 'who', 'when', 'whether', 'how', 'what', 'why', 'which')))
    return undefined;
  const bracketed = noun === -1 ? inBrackets(rest, setting, text) : [];
  const columns =
    bracketed.length > 0
      ? bracketed
      : noun === -1
        ? columnsOf(rest, setting, text, 'prose')
        : besideNoun(rest, noun, setting, text);
  const named = (columns.some(({ name }) => name !== undefined) ? columns : byType(columns)).filter(
    ({ name }) => name !== undefined,
  );
  if (named.length === 0 && noun === -1 && columns[0]?.type === undefined) return undefined;
  const spoken = table ?? setting.table;
  return (named.length === 0 ? [columns[0] ?? {}] : named).map((column) => ({
    kind: 'add-column',
    column: withoutOwner(column, spoken),
    ...(spoken === undefined ? {} : { table: spoken }),
  }));
}

/** "soft delete support (deleted_at timestamp)": what the brackets define is the column. */
function inBrackets(rest: readonly Word[], setting: Setting, text: string): readonly ColumnWish[] {
  const open = rest.findIndex((word) => isWord(word, '('));
  const first = rest[open + 1];
  if (open < 2 || first === undefined || !(first.kind === 'name' || first.text.includes('_')) || !mayBeName(first))
    return [];
  const close = rest.findLastIndex((word) => isWord(word, ')'));
  const found = columnsOf(rest.slice(open + 1, close === -1 ? undefined : close), setting, text, 'definition');
  return found.every(({ name, type }) => name !== undefined && type !== undefined) ? found : [];
}

/** Where the column belongs: "orders should have", "extend orders with", or after a preposition. */
function place({ mood, subject, words: all }: Clause, words: readonly Word[], setting: Setting): Located {
  if (subject.length > 0 && mood === 'have') {
    const names = subject.filter((word) => mayBeName(word));
    const found = locateKnown(subject, setting, ['of', 'for', 'in', 'on']);
    if (found.table !== undefined) return { table: found.table, rest: words };
    if (names.length > 0) return { table: names.map(({ text }) => text).join(' '), rest: words };
  }
  const [first] = words;
  if (isWord(all[0], 'extend', 'give', 'provide') && mayBeName(first)) {
    const located = locateKnown(words, setting, []);
    const rest = located.table === undefined ? words.slice(1) : located.rest;
    return { table: located.table ?? first.text, rest: isWord(rest[0], 'with', 'by', ':') ? rest.slice(1) : rest };
  }
  // A purpose may hold prepositions too: "a column for the discount on orders".
  return locate(words, setting, places);
}

/** Without the noun, a table that exists or a quoted name must tell that a column is meant. */
function isPlainlyAColumn(
  { words, subject, mood }: Clause,
  table: string | undefined,
  rest: readonly Word[],
  setting: Setting,
): boolean {
  const attributes = rest.findIndex((word) => isWord(word, 'with'));
  const before = attributes === -1 ? rest : rest.slice(0, attributes);
  if (
    before.some(
      (word) =>
        isTableNoun(word) ||
        isWord(
          word,
          'constraint',
          'index',
          'key',
          'rows',
          'row',
          'where',
          'query',
          'trigger',
          'view',
          'function',
          'endpoint',
          'report',
          'page',
          'test',
          'tests',
        ),
    )
  )
    return false;
  const known = table !== undefined && isTable(setting, table);
  const quoted = rest.some(({ kind }) => kind === 'name');
  const place = table ?? setting.table;
  if (mood === 'have' && subject.length === 0) return known && quoted;
  if (mood === 'do' && isWord(words[0], 'create', 'put', 'keep', 'insert', 'provide')) return known && quoted;
  return known || (quoted && place !== undefined);
}

function besideNoun(rest: readonly Word[], noun: number, setting: Setting, text: string): readonly ColumnWish[] {
  const after = rest.slice(noun + 1);
  const before = attributesOf(rest.slice(0, noun), setting, text);
  const quoted = rest.slice(0, noun).some(({ kind }) => kind === 'name') && isWord(after[0], '(', ',', ':');
  const given = quoted ? [] : named(after, setting, text);
  if (given.length > 0) return given.map((column) => ({ ...before.column, ...column }));

  const more = attributesOf(after, setting, text).column;
  const inFront = columnsOf(rest.slice(0, noun), setting, text, 'prose').filter(({ name }) => name !== undefined);
  if (inFront.length === 1) return inFront.map((column) => ({ ...more, ...column }));
  if (inFront.length > 1) return inFront;
  // "a size column of type size": the first word would be a type if no other were given.
  const [only, other] = rest.slice(0, noun);
  if (isWord(only, 'type', 'value', 'key') && other === undefined) return [{ ...more, name: only?.lower ?? '' }];
  const { type } = before.column;
  if (type !== undefined && more.type !== undefined) return [{ ...before.column, ...more, name: type }];
  return [{ ...before.column, ...more }];
}

/** The names after the noun: "column `discount`", "columns a, b", "column called x", "a column for the phone number". */
function named(after: readonly Word[], setting: Setting, text: string): readonly ColumnWish[] {
  let at = 0;
  while (
    isWord(after[at], 'called', 'named', ':', '=', '(', 'following', '-') ||
    (isWord(after[at], 'name') && mayBeName(after[at + 1]))
  )
    at++;
  const isPurpose = isWord(after[at], ...purposes);
  if (isPurpose) {
    at++;
    while (isWord(after[at], ...storing, 'storing', 'holding')) at++;
    const later = after.findIndex((word) => isWord(word, 'called', 'named'));
    if (later !== -1) at = later + 1;
    const purpose = after.slice(at);
    const first = purpose.findIndex((word) => !mayBeName(word));
    const names = first === -1 ? purpose : purpose.slice(0, first);
    if (names.length === 0 || names.length > 3) return [];
    return [{ ...attributesOf(purpose.slice(names.length), setting, text).column, name: nameOf(names) }];
  }
  const first = after[at];
  if (!mayBeName(first)) return [];
  if (
    attributesOf([first], setting, text).rest.length === 0 &&
    first.kind !== 'name' &&
    !nameThenType(after, at, setting, text)
  )
    return [];
  return columnsOf(after.slice(at), setting, text, 'definition').filter(({ name }) => name !== undefined);
}

/** "column date date", "column number integer": a type word in the place of the name is the name. */
function nameThenType(after: readonly Word[], at: number, setting: Setting, text: string): boolean {
  const second = after[at + 1];
  return second !== undefined && attributesOf([second], setting, text).column.type !== undefined;
}

/** "a currency column": the word for the type is the name as well. */
function byType(columns: readonly ColumnWish[]): readonly ColumnWish[] {
  return columns.map(({ type, ...column }) => {
    if (type === undefined) return column;
    return namingTypes.has(type) ? { ...column, name: type } : { ...column, type };
  });
}

/** "the customer's phone number" on customers is a phone number. */
function withoutOwner(column: ColumnWish, table: string | undefined): ColumnWish {
  const { name } = column;
  if (name === undefined || table === undefined) return column;
  const owner = `${singularName(snakeCase(table.slice(table.lastIndexOf('.') + 1)))}_`;
  return name.startsWith(owner) && name.split('_').length > 2 ? { ...column, name: name.slice(owner.length) } : column;
}
