import type { Clause, Setting } from '../grammar/clause.ts';
import { readCondition } from '../grammar/conditions.ts';
import { locateKnown } from '../grammar/locate.ts';
import { subjectOf } from '../grammar/subject.ts';
import type { Wish } from '../grammar/wish.ts';
import { isWord, textOf, type Word } from '../text/words.ts';

/** "Add a check that total > 0 on orders", "add a check constraint on orders.total: must be positive", "ensure total is positive". */
export function checks({ mood, words, negated, text }: Clause, setting: Setting): readonly Wish[] | undefined {
  if (negated || (mood !== 'do' && mood !== 'have')) return undefined;
  const noun = words.findIndex((word) => isWord(word, 'check', 'checks', 'constraint'));
  const ensures = mood === 'do' && isWord(words[0], 'ensure', 'enforce', 'require', 'make');
  if (noun === -1 && !ensures) return undefined;
  if (noun !== -1 && (mood === 'do' ? !isWord(words[0], 'add', 'create', 'introduce', 'put') : false)) return undefined;
  let rest = words.slice(noun === -1 ? 1 : noun + 1);
  while (isWord(rest[0], 'constraint', 'that', 'sure', 'so')) rest = rest.slice(1);
  return asProperty(rest, setting, text) ?? (noun === -1 ? undefined : asSql(rest, setting, text));
}

/** Finds "total ... positive": the column before the condition. */
function asProperty(words: readonly Word[], setting: Setting, text: string): readonly Wish[] | undefined {
  for (let at = 1; at < words.length; at++) {
    const read = readCondition(words, at, text);
    if (read === undefined) continue;
    const subject = subjectOf(
      [
        ...words.slice(0, at).filter((word) => !isWord(word, 'is', 'are', 'must', 'be', 'should', ':')),
        ...words.slice(read.next),
      ],
      setting,
    );
    const [column] = subject.columns;
    if (column === undefined) return undefined;
    return [
      {
        kind: 'check',
        column,
        condition: read.condition,
        ...(subject.table === undefined ? {} : { table: subject.table }),
      },
    ];
  }
  return undefined;
}

/** The condition is SQL over several columns: "discount <= total on orders". */
function asSql(words: readonly Word[], setting: Setting, text: string): readonly Wish[] | undefined {
  const { table, rest } = locateKnown(words, setting, ['on', 'in', 'for', 'to']);
  const place = table ?? setting.table;
  const bare = rest.filter(
    (word, at) => !((at === 0 || at === rest.length - 1) && isWord(word, ':', '(', ')', 'that')),
  );
  if (!bare.some((word) => word.kind === 'symbol' && /[<>=]/.test(word.text))) return undefined;
  const condition = textOf(text, contiguous(bare, words)).replaceAll('`', '');
  return [{ kind: 'check', condition, ...(place === undefined ? {} : { table: place }) }];
}

/** The words of the condition must stand together in the sentence to be quoted as SQL. */
function contiguous(condition: readonly Word[], words: readonly Word[]): readonly Word[] {
  const [first] = condition;
  const start = first === undefined ? -1 : words.findIndex((word) => word.start === first.start);
  let end = start;
  while (words[end] !== undefined && condition.some((word) => word.start === words[end]?.start)) end++;
  return words.slice(Math.max(start, 0), end);
}
