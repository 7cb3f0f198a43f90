import type { Clause, Setting } from '../grammar/clause.ts';
import { locateKnown } from '../grammar/locate.ts';
import { subjectOf } from '../grammar/subject.ts';
import type { Wish } from '../grammar/wish.ts';
import { isWord, reads } from '../text/words.ts';

/** "The combination of a and b must be unique", "email must be unique per tenant_id on users", "no duplicate emails in users". */
export function unique({ mood, subject, words, negated }: Clause, setting: Setting): readonly Wish[] | undefined {
  const at = words.findIndex((word) => isWord(word, 'unique'));
  if (mood === 'be' && at !== -1 && !negated) {
    const per = words.findIndex((word) => isWord(word, 'per', 'within', 'together', 'for'));
    const combined = subject.some((word) => isWord(word, 'combination', 'pair'));
    if (per === -1 && !combined) return undefined;
    const about = subject.filter((word) => !isWord(word, 'combination', 'pair', 'of'));
    const { table, columns } = subjectOf(about, setting);
    const more = per === -1 ? { columns: [] } : subjectOf(words.slice(per + 1), setting);
    const place = table ?? more.table ?? locateKnown(words, setting, ['on', 'in', 'of', 'for']).table;
    return wish(place, [...columns, ...more.columns]);
  }
  const duplicate = words.findIndex(
    (word, index) =>
      isWord(word, 'duplicate', 'duplicates') &&
      (negated || isWord(words[index - 1], 'no') || isWord(words[0], 'forbid', 'disallow')),
  );
  if (duplicate === -1) return undefined;
  const { table, columns } = subjectOf(
    reads(words, duplicate + 1, 'value|values') ? words.slice(duplicate + 2) : words.slice(duplicate + 1),
    setting,
  );
  return wish(table, columns);
}

function wish(table: string | undefined, columns: readonly string[]): readonly Wish[] | undefined {
  return columns.length === 0 ? undefined : [{ kind: 'unique', columns, ...(table === undefined ? {} : { table }) }];
}
