import { isWord, reads, textOf, type Word } from '../text/words.ts';
import { findTypeName } from '../types/names.ts';
import { longestPhrase, wordedType } from '../types/words.ts';
import type { Setting } from './clause.ts';
import { closing } from './values.ts';

interface Read {
  readonly type: string;
  readonly next: number;
}

const tails: readonly (readonly string[])[] = [
  ['with', 'time', 'zone'],
  ['without', 'time', 'zone'],
  ['with', 'timezone'],
];

/** The type that begins at `at`, in SQL or in everyday words, as it was written. */
export function readType(words: readonly Word[], at: number, setting: Setting, text: string): Read | undefined {
  if (reads(words, at, 'array|list|arrays', 'of')) {
    const element = readType(words, at + 2, setting, text);
    if (element !== undefined) {
      const sql = wordedType(element.type, setting.engine)?.types[0] ?? element.type;
      return { type: `${sql}[]`, next: element.next };
    }
  }
  const limit = readLimit(words, at);
  if (limit !== undefined) return limit;
  for (let length = Math.min(longestPhrase, words.length - at); length > 1; length--) {
    const part = words.slice(at, at + length);
    if (part.some(({ kind }) => kind === 'string' || kind === 'code')) continue;
    const phrase = part.map(({ lower }) => lower).join(' ');
    if (wordedType(phrase, setting.engine) !== undefined) return { type: phrase, next: at + length };
  }
  return readSql(words, at, setting, text) ?? readWord(words, at, setting);
}

/** "up to 40 characters", "max 40 chars", "40 characters long". */
function readLimit(words: readonly Word[], at: number): Read | undefined {
  let next = at;
  if (reads(words, next, 'up', 'to') || reads(words, next, 'at', 'most')) next += 2;
  else if (isWord(words[next], 'max', 'maximum', 'maximal', 'max.')) next += 1;
  const number = words[next];
  if (number?.kind !== 'number' || !/^\d{1,8}$/.test(number.text)) return undefined;
  if (!isWord(words[next + 1], 'characters', 'chars', 'character', 'char', 'letters')) return undefined;
  next += isWord(words[next + 2], 'long', 'max', 'maximum') ? 3 : 2;
  return { type: `varchar(${number.text})`, next };
}

function readSql(words: readonly Word[], at: number, setting: Setting, text: string): Read | undefined {
  const word = words[at];
  if (word === undefined || (word.kind !== 'word' && word.kind !== 'name')) return undefined;
  if (findTypeName(word.lower, setting.engine, setting.catalog) === undefined) return undefined;
  let next = at + 1;
  if (isWord(word, 'double') && isWord(words[next], 'precision')) next++;
  else if (isWord(word, 'character', 'char', 'bit') && isWord(words[next], 'varying')) next++;
  else if (isWord(word, 'double')) return undefined;
  if (isWord(words[next], '(')) {
    const close = closing(words, next);
    if (
      words[close] !== undefined &&
      words.slice(next + 1, close).every(({ kind, text: part }) => kind === 'number' || part === ',')
    ) {
      next = close + 1;
    }
  }
  const tail = isWord(word, 'timestamp', 'time') ? tails.find((each) => reads(words, next, ...each)) : undefined;
  if (tail !== undefined) next += tail.length;
  while (reads(words, next, '[', ']')) next += 2;
  const plainWord = next === at + 1 && word.kind === 'word' && wordedType(word.lower, setting.engine) !== undefined;
  const written = textOf(text, words.slice(at, next)).replaceAll('`', '').replaceAll('"', '');
  return { type: plainWord ? word.lower : written.replace(/timezone$/i, 'time zone'), next };
}

function readWord(words: readonly Word[], at: number, setting: Setting): Read | undefined {
  const word = words[at];
  if (word === undefined || (word.kind !== 'word' && word.kind !== 'name')) return undefined;
  return wordedType(word.lower, setting.engine) === undefined ? undefined : { type: word.lower, next: at + 1 };
}
