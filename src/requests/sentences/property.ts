import { attributesOf } from '../grammar/attributes.ts';
import { type Clause, isTable, type Setting } from '../grammar/clause.ts';
import { type Subject, subjectOf } from '../grammar/subject.ts';
import type { ColumnWish, Wish } from '../grammar/wish.ts';
import { isWord, reads, type Word } from '../text/words.ts';

/** "orders.total must be positive", "make email required and unique", "status should default to 'new'", "it should be text". */
export function property(clause: Clause, setting: Setting): readonly Wish[] | undefined {
  const parts =
    clause.mood === 'be' || clause.mood === 'have' ? said(clause) : clause.mood === 'do' ? demanded(clause) : undefined;
  if (parts === undefined) return undefined;
  const subject = subjectOf(parts.subject, setting);
  if (subject.columns.length === 0) return undefined;
  // "orders should be archived" says nothing about a column.
  if (subject.table === undefined && subject.columns.every((name) => isTable(setting, name))) return undefined;
  const { column, rest } = attributesOf(parts.predicate, setting, clause.text);
  const place = subject.table ?? subjectOf(rest, setting).table;
  const wishes = wishesAbout(column, { ...subject, ...(place === undefined ? {} : { table: place }) }, parts.negated);
  return wishes.length === 0 ? undefined : wishes;
}

interface Parts {
  readonly subject: readonly Word[];
  readonly predicate: readonly Word[];
  readonly negated: boolean;
}

function said({ mood, subject, words, negated, text }: Clause): Parts | undefined {
  if (subject.length === 0 || words.length === 0) return undefined;
  if (mood === 'have' && !isWord(words[0], 'default', 'unique', 'type') && words[0]?.kind !== 'number')
    return undefined;
  // What the normal form took away belongs to the property here: "must not be null".
  const not: Word = { kind: 'word', text: 'not', lower: 'not', start: 0, end: Math.min(0, text.length) };
  return { subject, predicate: negated ? [not, ...words] : words, negated };
}

/** "make X required", "set X to not null", "ensure X is unique", "require X", "allow nulls in X", "restrict X to ...". */
function demanded({ words, negated, text }: Clause): Parts | undefined {
  if (negated) return undefined;
  const [verb, ...rest] = words;
  if (isWord(verb, 'require') || isWord(verb, 'enforce')) {
    const values = rest.filter((word) => !isWord(word, 'value', 'values', 'that'));
    const unique = rest.some((word) => isWord(word, 'uniqueness', 'unique'));
    const subject = values.filter(
      (word) => !isWord(word, 'uniqueness', 'unique', 'of', 'not', 'null') || isPlaceOf(values, word),
    );
    return { subject, predicate: [made(unique ? 'unique' : 'required', text)], negated };
  }
  if (
    isWord(verb, 'allow', 'forbid', 'disallow') ||
    (isWord(verb, 'remove', 'drop') && rest.some((word) => isWord(word, 'null')))
  ) {
    const nulls = rest.findIndex((word) => isWord(word, 'null', 'nulls', 'null-values', 'empty'));
    if (nulls === -1) return undefined;
    const required = isWord(verb, 'forbid', 'disallow');
    const subject = rest.filter(
      (word, at) =>
        (at !== nulls &&
          !isWord(word, 'value', 'values', 'constraint', 'not', 'to', 'be', 'in', 'for', 'from', 'on')) ||
        (at > 0 && isWord(word, 'on', 'in', 'from') && at > nulls + 2),
    );
    return { subject, predicate: [made(required ? 'required' : 'optional', text)], negated };
  }
  if (isWord(verb, 'add', 'create', 'put', 'introduce')) return constrained(rest, text, negated);
  if (!isWord(verb, 'make', 'mark', 'set', 'ensure', 'change', 'alter', 'turn', 'restrict', 'limit', 'switch'))
    return undefined;
  const at = rest.findIndex((_, index) => index > 0 && startsProperty(rest, index));
  if (at === -1) return undefined;
  const joint = isWord(rest[at], 'to', 'is', 'are', 'as', 'into', 'that') ? 1 : 0;
  const predicate = rest.slice(at + joint);
  const restriction = isWord(verb, 'restrict', 'limit') && predicate.some(({ kind }) => kind === 'string');
  return {
    subject: rest.slice(0, at),
    predicate: restriction ? [made('one', text), made('of', text), ...predicate] : predicate,
    negated,
  };
}

/** "add a not null constraint to X", "add a unique constraint on X (a, b)". */
function constrained(rest: readonly Word[], text: string, negated: boolean): Parts | undefined {
  const bare = reads(rest, 0, 'not', 'null', 'to|on|for')
    ? 1
    : isWord(rest[0], 'not-null') && isWord(rest[1], 'to', 'on', 'for')
      ? 0
      : -1;
  const noun = bare === -1 ? rest.findIndex((word) => isWord(word, 'constraint', 'constraints')) : bare + 1;
  if (noun === -1) return undefined;
  const before = rest.slice(0, noun);
  const subject = rest.slice(bare === -1 ? noun + 1 : noun);
  if (before.some((word) => isWord(word, 'unique', 'uniqueness')))
    return { subject, predicate: [made('unique', text)], negated };
  if (reads(before, 0, 'not', 'null') || before.some((word) => isWord(word, 'not-null', 'required'))) {
    return { subject, predicate: [made('required', text)], negated };
  }
  return undefined;
}

const starts = [
  'required',
  'mandatory',
  'optional',
  'nullable',
  'not-null',
  'non-null',
  'unique',
  'not',
  'non-nullable',
  'positive',
  'obligatory',
  'compulsory',
  'non-negative',
];

function startsProperty(words: readonly Word[], at: number): boolean {
  if (isWord(words[at], ...starts)) return true;
  return (
    isWord(words[at], 'is', 'are', 'to', 'as', 'that') &&
    (isWord(words[at + 1], ...starts, 'never', 'always', 'between', 'at', 'one', 'greater', 'less', 'null') ||
      words[at + 1]?.kind === 'string')
  );
}

function isPlaceOf(words: readonly Word[], word: Word): boolean {
  return isWord(word, 'of') && words.indexOf(word) > 1;
}

function made(word: string, text: string): Word {
  return { kind: 'word', text: word, lower: word, start: text.length, end: text.length };
}

/** What is said about columns that exist, a wish each. */
export function wishesAbout(column: ColumnWish, { table, columns }: Subject, negated = false): readonly Wish[] {
  const place = table === undefined ? {} : { table };
  const wishes: Wish[] = [];
  if (column.required !== undefined) {
    const { required } = column;
    wishes.push(...columns.map((name): Wish => ({ kind: 'require', ...place, column: name, required })));
  }
  if (column.check !== undefined) {
    const condition = column.check;
    wishes.push(...columns.map((name): Wish => ({ kind: 'check', ...place, column: name, condition })));
  }
  // "should not be unique" and "must not reference" are no wishes that can be planned.
  if (negated) return wishes;
  if (column.unique === true) wishes.push({ kind: 'unique', ...place, columns });
  if (column.type !== undefined) {
    const { type } = column;
    wishes.push(...columns.map((name): Wish => ({ kind: 'change-type', ...place, column: name, type })));
  }
  if (column.default !== undefined) {
    const value = column.default;
    wishes.push(...columns.map((name): Wish => ({ kind: 'default', ...place, column: name, value, drop: false })));
  }
  if (column.references !== undefined) {
    const to = column.references;
    wishes.push(...columns.map((name): Wish => ({ kind: 'reference', ...place, column: name, to })));
  }
  if (column.indexed === true) wishes.push({ kind: 'index', ...place, columns, unique: false });
  return wishes;
}
