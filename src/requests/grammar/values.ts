import { isWord, reads, type Word } from '../text/words.ts';
import type { Value } from './wish.ts';

interface Read {
  readonly value: Value;
  readonly next: number;
}

const phrases: readonly (readonly [readonly string[], string])[] = [
  [['current', 'date', 'and', 'time'], 'now()'],
  [['current', 'timestamp|time|datetime'], 'now()'],
  [['current', 'date|day'], 'CURRENT_DATE'],
  [['now', '(', ')'], 'now()'],
  [['now|current_timestamp'], 'now()'],
  [['today|current_date'], 'CURRENT_DATE'],
  [['random', 'uuid'], 'gen_random_uuid()'],
  [['empty', 'string|text'], "''"],
  [['empty', 'list|array'], "'{}'"],
  [['empty', 'object|json'], "'{}'"],
  [['null'], 'NULL'],
];

/** The value that begins at `at`: a literal, a call, or one of the usual phrases. */
export function readValue(words: readonly Word[], at: number, text: string): Read | undefined {
  for (const [phrase, sql] of phrases) {
    if (reads(words, at, ...phrase)) return { value: { kind: 'expression', text: sql }, next: at + phrase.length };
  }
  const word = words[at];
  if (word === undefined) return undefined;
  if (word.kind === 'string') return { value: { kind: 'text', text: word.text }, next: at + 1 };
  if (word.kind === 'number') {
    // "30 days" is no number.
    return { value: { kind: 'number', text: word.text }, next: at + 1 };
  }
  if (isWord(word, 'zero')) return { value: { kind: 'number', text: '0' }, next: at + 1 };
  if (word.kind !== 'word' && word.kind !== 'name') return undefined;
  if (isWord(words[at + 1], '(') && words[at + 1]?.start === word.end) {
    const close = closing(words, at + 1);
    const last = words[close];
    if (last !== undefined) {
      return { value: { kind: 'expression', text: text.slice(word.start, last.end) }, next: close + 1 };
    }
  }
  return { value: { kind: 'word', text: word.text }, next: at + 1 };
}

/** Index of the bracket that closes the one at `open`, or the number of words. */
export function closing(words: readonly Word[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at++) {
    if (isWord(words[at], '(')) depth++;
    else if (isWord(words[at], ')') && --depth === 0) return at;
  }
  return words.length;
}
