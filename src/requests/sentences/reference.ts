import { readOnDelete, readReference } from '../grammar/attributes.ts';
import { type Clause, isTable, type Setting } from '../grammar/clause.ts';
import { locateKnown } from '../grammar/locate.ts';
import { namesIn, subjectOf } from '../grammar/subject.ts';
import { isColumnNoun, mayBeName } from '../grammar/vocabulary.ts';
import type { Reference, Wish } from '../grammar/wish.ts';
import { isWord, reads, type Word } from '../text/words.ts';

/** "Add a foreign key from orders.customer_id to customers", "orders.customer_id should reference customers(id)", "link a to b". */
export function reference({ mood, subject, words, negated }: Clause, setting: Setting): readonly Wish[] | undefined {
  if (negated) return undefined;
  if (mood === 'be' && subject.length > 0) return said(subject, words, setting);
  if (mood !== 'do' && mood !== 'have') return undefined;
  const isLink = mood === 'do' && isWord(words[0], 'link', 'reference', 'connect');
  const at = isLink
    ? 0
    : words.findIndex(
        (word, index) =>
          reads(words, index, 'foreign', 'key') ||
          isWord(word, 'foreign-key', 'fk') ||
          (mood === 'have' && isWord(word, 'reference')),
      );
  if (at === -1) return undefined;
  // "add a column customer_id with a foreign key to customers": the column is the wish.
  if (!isLink && words.slice(0, at).some((word) => isColumnNoun(word) || isWord(word, 'with') || word.kind === 'name'))
    return undefined;
  if (mood === 'do' && !isLink && !isWord(words[0], 'add', 'create', 'introduce', 'put', 'make')) return undefined;
  const rest = words
    .slice(isLink ? 1 : at + (isWord(words[at], 'foreign') ? 2 : 1))
    .filter((word) => !isWord(word, 'constraint', 'reference'));
  return between([...subject, ...rest], setting) ?? byName([...subject, ...rest], setting);
}

/** "orders.customer_id should reference customers", "orders should belong to customers". */
function said(subject: readonly Word[], words: readonly Word[], setting: Setting): readonly Wish[] | undefined {
  const from = isWord(words[0], 'be') ? 1 : 0;
  const belongs = reads(words, from, 'belong', 'to');
  const read = belongs
    ? target(words.slice(from + 2), setting)
    : readReference(words, from, setting)?.column.references;
  if (read === undefined) return undefined;
  return [wish(source(subject, setting), read)];
}

/** "on order_items.product_id": the column's name tells the table. */
function byName(words: readonly Word[], setting: Setting): readonly Wish[] | undefined {
  const from = source(words, setting);
  const table = from.column === undefined ? undefined : /^(.+)_id$/i.exec(from.column)?.[1];
  return table === undefined ? undefined : [wish(from, { table })];
}

/** Words such as "from orders.customer_id to customers(id)" or "on orders (customer_id) references customers". */
function between(words: readonly Word[], setting: Setting): readonly Wish[] | undefined {
  const to = words.findLastIndex((word, at) => isTargetWord(words, at, word, setting));
  if (to === -1) return undefined;
  let next = to + 1;
  while (isWord(words[next], 'to', 'table', 'column', 'on', 'at')) next++;
  const found = target(words.slice(next), setting);
  const before = words.slice(0, to);
  if (found === undefined) return undefined;
  // "to customers on orders.customer_id": the source may follow.
  const after = words.slice(next + 1);
  const origin = before.some(mayBeName)
    ? before
    : after.slice(after.findIndex((word) => isWord(word, 'on', 'from', 'in')) + 1);
  const action = readOnDelete(
    words,
    words.findIndex((word, at) => isWord(word, 'on-delete') || reads(words, at, 'on', 'delete')),
  );
  return [
    wish(source(withoutAction(origin), setting), action === undefined ? found : { ...found, onDelete: action.action }),
  ];
}

function isTargetWord(words: readonly Word[], at: number, word: Word, setting: Setting): boolean {
  if (isWord(word, 'references', 'referencing', 'pointing')) return true;
  if (!isWord(word, 'to', 'with', 'and')) return false;
  const next = words[at + 1];
  if (!isWord(word, 'to'))
    return (
      next !== undefined &&
      mayBeName(next) &&
      isTable(setting, next.text) &&
      !words.some((each) => isWord(each, 'to', 'references', 'referencing'))
    );
  return true;
}

function withoutAction(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex((word, index) => isWord(word, 'on-delete') || reads(words, index, 'on', 'delete'));
  return at === -1 ? words : words.slice(0, at);
}

function target(words: readonly Word[], setting: Setting): Reference | undefined {
  const word: Word = { kind: 'word', text: 'references', lower: 'references', start: 0, end: 0 };
  return readReference([word, ...words], 0, setting)?.column.references;
}

function source(words: readonly Word[], setting: Setting): { readonly table?: string; readonly column?: string } {
  const { table, rest } = locateKnown(words, setting, ['on', 'of', 'in', 'from', 'for']);
  if (table !== undefined) {
    const [column] = namesIn(rest, setting, table);
    return { table, ...(column === undefined ? {} : { column }) };
  }
  const { columns, table: place } = subjectOf(
    words.filter((word) => !isWord(word, 'from')),
    setting,
  );
  const [name, second] = columns;
  if (name !== undefined && isTable(setting, name))
    return { table: name, ...(second === undefined ? {} : { column: second }) };
  return { ...(place === undefined ? {} : { table: place }), ...(name === undefined ? {} : { column: name }) };
}

function wish(from: { readonly table?: string; readonly column?: string }, to: Reference): Wish {
  return { kind: 'reference', ...from, to };
}
