import type { Clause, Setting } from '../grammar/clause.ts';
import { nameOf } from '../grammar/columns.ts';
import { locate } from '../grammar/locate.ts';
import { isColumnNoun, isTableNoun, mayBeName } from '../grammar/vocabulary.ts';
import type { Wish } from '../grammar/wish.ts';
import { isWord, reads, type Word } from '../text/words.ts';

const arrows = ['to', 'into', 'as', '->', '→', '=>', '⇒'];

/** "Rename total to amount on orders", "rename the table orders to purchases", "total should be called amount". */
export function rename({ mood, words, negated }: Clause, setting: Setting): readonly Wish[] | undefined {
  if (mood !== 'do' || negated) return undefined;
  const isNaming = isWord(words[0], 'rename', 'call');
  const isChange =
    isWord(words[0], 'change', 'alter', 'update') &&
    words.some(
      (word, at) =>
        isWord(word, 'name') &&
        (reads(words, at + 1, 'of') || isColumnNoun(words[at - 1]) || isTableNoun(words[at - 1])),
    );
  if (!isNaming && !isChange) return undefined;

  // "the name of the column total", "column name total": the word is not what is renamed.
  const rest = words
    .slice(1)
    .filter(
      (word, at, all) => !(isWord(word, 'name') && (isChange || isColumnNoun(all[at - 1]) || isTableNoun(all[at - 1]))),
    )
    .filter((word) => !(isChange && isWord(word, 'of')));
  const arrow = rest.findIndex((word) => isWord(word, ...arrows));
  const call = arrow === -1 && isWord(words[0], 'call', 'rename');
  const head = call ? rest.slice(0, -1) : rest.slice(0, arrow);
  const tail = call ? rest.slice(-1) : rest.slice(arrow + 1);
  return two(head, tail, rest, setting);
}

function two(
  head: readonly Word[],
  tail: readonly Word[],
  all: readonly Word[],
  setting: Setting,
): readonly Wish[] | undefined {
  const ofTable =
    head.some((word) => isTableNoun(word)) &&
    !head.some((word) => isColumnNoun(word)) &&
    !tail.some((word) => isColumnNoun(word)) &&
    !all.some((word, at) => isWord(word, 'in', 'on', 'of', 'from') && at < head.length);
  const before = locate(head, setting, ['on', 'in', 'of', 'from']);
  const place = before.table !== undefined && !ofTable ? before : locate(tail, setting, ['on', 'in', 'of', 'from']);
  const oldWords = (ofTable ? head : before.table !== undefined ? before.rest : head).filter(mayBeName);
  const newWords = (before.table !== undefined ? tail : place.rest).filter(mayBeName);
  const [target] = newWords;
  if (target === undefined) return undefined;
  const to = nameOf(newWords.filter((word) => target.kind === word.kind));
  const name = oldWords.length > 0 ? nameOf(oldWords) : setting.columns.length === 1 ? setting.columns[0] : undefined;
  if (name === undefined) return undefined;
  const table = ofTable ? undefined : (place.table ?? (oldWords.length === 0 ? setting.table : undefined));
  const is = ofTable ? 'table' : table !== undefined || all.some((word) => isColumnNoun(word)) ? 'column' : undefined;
  return [
    {
      kind: 'rename',
      name,
      to: to.slice(to.lastIndexOf('.') + 1),
      ...(table === undefined ? {} : { table }),
      ...(is === undefined ? {} : { is }),
    },
  ];
}
