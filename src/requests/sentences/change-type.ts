import { attributesOf } from '../grammar/attributes.ts';
import type { Clause, Setting } from '../grammar/clause.ts';
import { subjectOf } from '../grammar/subject.ts';
import { readType } from '../grammar/type-phrase.ts';
import { isColumnNoun, isComma } from '../grammar/vocabulary.ts';
import type { Wish } from '../grammar/wish.ts';
import { isWord, type Word } from '../text/words.ts';
import { wishesAbout } from './property.ts';

const changing = [
  'change',
  'alter',
  'modify',
  'convert',
  'switch',
  'migrate',
  'turn',
  'make',
  'widen',
  'increase',
  'extend',
  'shrink',
  'reduce',
  'shorten',
  'set',
  'update',
  'limit',
];

/** "Change the type of total on orders to numeric(12,2)", "convert id to bigint", "make total a bigint", "widen code to varchar(80)". */
export function changeType({ mood, words, negated, text }: Clause, setting: Setting): readonly Wish[] | undefined {
  if (mood !== 'do' || negated || !isWord(words[0], ...changing)) return undefined;
  const rest = words
    .slice(1)
    .filter((word) => !isWord(word, 'type', 'datatype', 'data', 'length', 'size', 'data-type'));
  const speaksOfType = rest.length < words.length - 1 || isWord(words[0], 'widen', 'convert');
  for (let at = rest.length - 1; at > 0; at--) {
    const joint = isWord(rest[at], 'to', 'into', 'as', '->', '→', ':', '=') ? 1 : 0;
    if (joint === 0 && (!isWord(words[0], 'make', 'alter', 'modify', 'turn') || isComma(rest[at - 1]))) continue;
    const type = readType(rest, at + joint, setting, text) ?? (joint === 1 ? length(rest, at + 1, words) : undefined);
    if (type === undefined) continue;
    const { column: more, rest: tail } = attributesOf(rest.slice(type.next), setting, text);
    const place = tail.length === 0 ? [] : rest.slice(type.next);
    const subject = subjectOf(withoutOldType([...rest.slice(0, at), ...place], setting, text), setting);
    if (subject.columns.length === 0) continue;
    return [...wishes(subject, type.type), ...wishesAbout(more, subject)];
  }
  const isChange =
    isWord(words[0], 'change', 'alter', 'modify', 'widen', 'convert') && (speaksOfType || rest.some(isColumnNoun));
  if (!isChange) return undefined;
  // An unknown type is asked about: "change the type of total to moneyy".
  const to = rest.findIndex((word) => isWord(word, 'to', 'into', 'as'));
  const said = to === -1 ? {} : attributesOf(rest.slice(to + 1), setting, text).column;
  if (Object.keys(said).length > 0) return undefined;
  const subject = subjectOf(to === -1 ? rest : rest.slice(0, to), setting);
  const named = to === -1 ? undefined : rest[to + 1]?.text;
  return subject.columns.length === 0 ? undefined : wishes(subject, named);
}

/** "increase the length of code to 80": only the limit is given. */
function length(words: readonly Word[], at: number, all: readonly Word[]): ReturnType<typeof readType> {
  const number = words[at];
  const ofLength = all.some((word) => isWord(word, 'length', 'size', 'limit'));
  if (!ofLength || number?.kind !== 'number' || !/^\d{1,8}$/.test(number.text)) return undefined;
  return { type: `varchar(${number.text})`, next: at + (isWord(words[at + 1], 'characters', 'chars') ? 2 : 1) };
}

/** "from integer to bigint": the old type is known from the catalog. */
function withoutOldType(words: readonly Word[], setting: Setting, text: string): readonly Word[] {
  const from = words.findIndex((word) => isWord(word, 'from'));
  const old = from === -1 ? undefined : readType(words, from + 1, setting, text);
  return old === undefined ? words : [...words.slice(0, from), ...words.slice(old.next)];
}

function wishes({ table, columns }: ReturnType<typeof subjectOf>, type: string | undefined): readonly Wish[] {
  return columns.map((column) => ({
    kind: 'change-type',
    column,
    ...(table === undefined ? {} : { table }),
    ...(type === undefined ? {} : { type }),
  }));
}
