import type { Clause, Setting } from '../grammar/clause.ts';
import { locateKnown } from '../grammar/locate.ts';
import { namesIn, subjectOf } from '../grammar/subject.ts';
import { readValue } from '../grammar/values.ts';
import type { Value, Wish } from '../grammar/wish.ts';
import { isWord, textOf, type Word } from '../text/words.ts';

const filling = ['backfill', 'fill', 'populate', 'set', 'update', 'initialize', 'initialise', 'give'];

/** "Set status to 'new' for existing orders", "backfill currency with 'EUR' where ...", "existing orders should get status 'new'". */
export function backfill(clause: Clause, setting: Setting): readonly Wish[] | undefined {
  if (clause.negated) return undefined;
  const { mood, words, text } = clause;
  if (mood === 'have') return received(clause, setting);
  if (mood !== 'do' || !isWord(words[0], ...filling) || words.some((word) => isWord(word, 'default'))) return undefined;

  // The word itself carries nothing elsewhere and is gone from the clause.
  const all = /\b(?:all|every|each)\b/i.test(text);
  const cut = words.findIndex((word) => isWord(word, 'where'));
  const where =
    cut === -1
      ? undefined
      : text
          .slice((words[cut] as Word).end)
          .trim()
          .replaceAll('`', '');
  let rest = words.slice(isWord(words[1], 'in', 'up') ? 2 : 1, cut === -1 ? undefined : cut);
  // "update orders set status = 'new'"
  const set = rest.findIndex((word) => isWord(word, 'set'));
  if (set > 0)
    rest = [...rest.slice(set + 1), { ...(rest[set] as Word), text: 'on', lower: 'on' }, ...rest.slice(0, set)];
  if (!speaksOfRows(words, where, all)) return undefined;

  for (let at = 1; at < rest.length; at++) {
    if (!isWord(rest[at], 'to', 'with', '=', 'as', 'from', ':', 'by')) continue;
    const read = isWord(rest[at], 'from') ? undefined : readValue(rest, at + 1, text);
    const computed = expressionAt(rest, at + 1, text);
    const copied = read === undefined || read.value.kind === 'word' ? copiedValue(rest, at + 1) : undefined;
    const value = computed?.value ?? copied?.value ?? read?.value;
    const next = computed?.next ?? copied?.next ?? read?.next ?? at + 1;
    if (value === undefined) continue;
    return wish([...rest.slice(0, at), ...rows(rest.slice(next))], value, where, setting, all);
  }
  return isWord(words[0], 'backfill', 'populate', 'fill')
    ? wish(rows(rest), undefined, where, setting, all)
    : undefined;
}

/** "total * 100", "id::text", "first_name || ' ' || last_name": SQL up to the words that name the rows. */
function expressionAt(
  words: readonly Word[],
  at: number,
  text: string,
): { readonly value: Value; readonly next: number } | undefined {
  let next = at;
  while (next < words.length && !isWord(words[next], 'for', 'in', 'on', ',', 'of')) next++;
  const parts = words.slice(at, next);
  if (parts.length < 3 || !parts.some((word) => isWord(word, '*', '+', '/', '|', '::', '-'))) return undefined;
  return { value: { kind: 'expression', text: textOf(text, parts).replaceAll('`', '') }, next };
}

/** "the value of total", "copy from total", "total": another column of the same row. */
function copiedValue(words: readonly Word[], at: number): { readonly value: Value; readonly next: number } | undefined {
  let next = at;
  while (isWord(words[next], 'value', 'values', 'of', 'same', 'column', 'content')) next++;
  const word = words[next];
  if (word === undefined || (word.kind !== 'word' && word.kind !== 'name')) return undefined;
  return { value: { kind: 'word', text: word.text }, next: next + 1 };
}

/** "orders.status = 'new' for existing orders": the rows are those of the table. */
function rows(words: readonly Word[]): readonly Word[] {
  return words.filter(
    (word) => !isWord(word, 'existing', 'old', 'current', 'rows', 'row', 'records', 'entries', 'present', 'already'),
  );
}

function speaksOfRows(words: readonly Word[], where: string | undefined, all: boolean): boolean {
  return (
    where !== undefined ||
    isWord(words[0], 'backfill', 'fill', 'populate', 'update', 'initialize', 'initialise') ||
    words.some((word) => isWord(word, 'existing', 'old', 'rows', 'records', 'entries')) ||
    all
  );
}

/** "existing orders should get status 'new'", "old rows of orders should have status = 'new'". */
function received({ subject, words, text }: Clause, setting: Setting): readonly Wish[] | undefined {
  if (!subject.some((word) => isWord(word, 'existing', 'old'))) return undefined;
  const about = rows(subject);
  const located = locateKnown([{ kind: 'word', text: 'on', lower: 'on', start: 0, end: 0 }, ...about], setting, [
    'on',
    'of',
    'in',
  ]);
  const alone = readValue(words, 0, text);
  if (alone !== undefined && alone.next === words.length && setting.columns.length === 1) {
    const place = located.table ?? setting.table;
    return setting.columns.map((column) => ({
      kind: 'backfill',
      column,
      value: alone.value,
      ...(place === undefined ? {} : { table: place }),
    }));
  }
  for (let at = 1; at < words.length; at++) {
    const joint = isWord(words[at], '=', 'to', ':', 'of', 'as') ? 1 : 0;
    const read = readValue(words, at + joint, text);
    if (read === undefined || (read.value.kind === 'word' && joint === 0 && !isWord(words[at], 'true', 'false')))
      continue;
    const [column] = namesIn(words.slice(0, at), setting, located.table);
    if (column === undefined) return undefined;
    const table = located.table ?? setting.table;
    return [{ kind: 'backfill', column, value: read.value, ...(table === undefined ? {} : { table }) }];
  }
  return undefined;
}

function wish(
  subject: readonly Word[],
  value: Value | undefined,
  where: string | undefined,
  setting: Setting,
  all: boolean,
): readonly Wish[] | undefined {
  const { table, columns } = subjectOf(subject, setting);
  if (columns.length === 0) return undefined;
  return columns.map((column) => ({
    kind: 'backfill',
    column,
    ...(table === undefined ? {} : { table }),
    ...(value === undefined ? {} : { value }),
    ...(where === undefined || where === '' ? {} : { where }),
    ...(all ? { all } : {}),
  }));
}
