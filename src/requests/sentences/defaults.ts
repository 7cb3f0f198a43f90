import type { Clause, Setting } from '../grammar/clause.ts';
import { subjectOf } from '../grammar/subject.ts';
import { readValue } from '../grammar/values.ts';
import type { Value, Wish } from '../grammar/wish.ts';
import { isWord, reads, type Word } from '../text/words.ts';

/** "Set the default of status to 'new'", "default status to 'new'", "give orders.status a default of 'new'", "drop the default of x". */
export function defaults({ mood, words, negated, text }: Clause, setting: Setting): readonly Wish[] | undefined {
  if (mood !== 'do' || negated) return undefined;
  const at = words.findIndex((word) => isWord(word, 'default', 'defaults'));
  const [verb] = words;
  if (
    at === -1 ||
    !isWord(
      verb,
      'set',
      'default',
      'give',
      'add',
      'change',
      'drop',
      'remove',
      'alter',
      'make',
      'update',
      'put',
      'delete',
    )
  )
    return undefined;
  // "a column with default 0" is a new column.
  if (
    isWord(verb, 'add', 'make') &&
    words.slice(1, at).some((word) => word.kind === 'name' || isWord(word, 'column', 'with'))
  )
    return undefined;
  // "set X not null default 0" says more than a default.
  if (
    words.some(
      (word, index) =>
        reads(words, index, 'not', 'null') || isWord(word, 'not-null', 'required', 'unique', 'mandatory'),
    )
  )
    return undefined;
  const rest = words.slice(1).filter((word) => !isWord(word, 'default', 'defaults', 'value'));
  const alone = isWord(verb, 'default') ? readValue(words, 1, text) : undefined;
  if (alone?.next === words.length && setting.columns.length === 1) {
    return wish(
      { columns: setting.columns, ...(setting.table === undefined ? {} : { table: setting.table }) },
      alone.value,
      false,
    );
  }
  if (isWord(verb, 'drop', 'remove', 'delete')) return wish(subjectOf(rest, setting), undefined, true);

  const split = splitAtValue(rest, text);
  const said = split === undefined ? undefined : wish(subjectOf(split.subject, setting), split.value, false);
  if (said !== undefined) return said;
  // "add a default of 'new' to orders.status": the value comes first.
  const value = readValue(
    words,
    isWord(words[at + 1], 'of', 'value', ':', '=') ? at + (isWord(words[at + 2], 'of') ? 3 : 2) : at + 1,
    text,
  );
  if (value !== undefined && value.value.kind !== 'word')
    return wish(subjectOf(words.slice(value.next), setting), value.value, false);
  return wish(subjectOf(rest, setting), undefined, false);
}

interface Split {
  readonly subject: readonly Word[];
  readonly value: Value;
}

/** Parts "status on orders to 'new'" at the last word after which a value ends the clause. */
function splitAtValue(words: readonly Word[], text: string): Split | undefined {
  for (let at = words.length - 1; at > 0; at--) {
    if (!isWord(words[at], 'to', '=', ':', 'as', 'of', 'is')) continue;
    const read = readValue(words, at + 1, text);
    if (read === undefined || words[at + 1]?.kind === 'name') continue;
    const { value, next } = read;
    if (next < words.length && !(isWord(words[next], 'for', 'on', 'in') && value.kind !== 'word')) continue;
    if (isWord(words[at], 'of') && value.kind === 'word') continue;
    return { subject: [...words.slice(0, at), ...words.slice(next)], value };
  }
  return undefined;
}

function wish(
  { table, columns }: ReturnType<typeof subjectOf>,
  value: Value | undefined,
  drop: boolean,
): readonly Wish[] | undefined {
  if (columns.length === 0) return undefined;
  return columns.map((column) => ({
    kind: 'default',
    column,
    drop,
    ...(table === undefined ? {} : { table }),
    ...(value === undefined ? {} : { value }),
  }));
}
