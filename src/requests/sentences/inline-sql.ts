import type { Clause } from '../grammar/clause.ts';
import type { Wish } from '../grammar/wish.ts';

/** "`ALTER TABLE orders ADD COLUMN note text`" alone or as what is to be done: the statement itself is the wish. */
export function inlineSql({ mood, words, negated }: Clause): readonly Wish[] | undefined {
  const statements = words.filter(({ kind }) => kind === 'code');
  if (statements.length === 0 || negated) return undefined;
  const alone = words.every(({ kind }) => kind === 'code' || kind === 'symbol');
  if (!alone && mood !== 'do' && mood !== 'have') return undefined;
  return statements.map(({ text }) => ({ kind: 'sql', sql: text }));
}
