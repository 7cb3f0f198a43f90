import { builtInTypes } from '../types/known.ts';

/**
 * One piece of a sentence. `name` was written in backquotes or double quotes, `string` in quotes but is no name, `code` is
 * an SQL statement in backquotes. Offsets count characters of the text, so that conditions and values can be quoted as they
 * were written.
 */
export interface Word {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol' | 'code';
  /** Without quotes, and without a possessive `'s`. */
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

// Alternatives begin with different characters and none repeats a repetition, so that the time is linear.
const pieces =
  /`([^`\n]*)`|"([^"\n]{1,200})"|(?<![\p{L}\p{N}])'((?:[^'\n]|''){0,200})'|(-?\d+(?:\.\d+)?)(?![\p{L}\p{N}_]|\.\d)|([\p{L}_\d$#][\p{L}\p{M}\p{N}_$]*(?:[.-][\p{L}_][\p{L}\p{M}\p{N}_$]*)*(?:'(?:t|d|ll|re|ve|m)(?![\p{L}\p{N}]))?)|(->|=>|→|⇒|<=|>=|<>|!=|::|≥|≤)|(\S)/gu;
const identifier = /^[\p{L}_][\p{L}\p{M}\p{N}_$]*(?:\.[\p{L}_][\p{L}\p{M}\p{N}_$]*){0,2}$/u;
const statement = /^(?:alter|create|drop|select|with|update|insert|delete|truncate)\s+\S+\s+\S/i;

/** The words of a text in order. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(pieces)) {
    const start = match.index;
    const end = start + match[0].length;
    const [, code, double, single, number, plainWord, arrow, symbol] = match;
    if (code !== undefined) words.push(...codeWords(code, start, end));
    else if (double !== undefined) words.push(made(identifier.test(double) ? 'name' : 'string', double, start, end));
    else if (single !== undefined) words.push(made('string', single.replaceAll("''", "'"), start, end));
    else if (number !== undefined) words.push(made('number', number, start, end));
    else if (plainWord !== undefined) {
      if (!isPossessive(text, plainWord, start)) words.push(made('word', plainWord, start, end));
    } else if (symbol !== "'") words.push(made('symbol', arrow ?? symbol ?? '', start, end));
  }
  return words;
}

/** What stands in backquotes: a name, a statement, or words of SQL such as `orders(status)` and `numeric(10, 2)`. */
function codeWords(code: string, start: number, end: number): readonly Word[] {
  const content = code.trim();
  if (identifier.test(content)) return [made('name', content, start, end)];
  if (statement.test(content)) return [made('code', content, start, end)];
  return wordsOf(code).map((word, at, all) => ({
    ...word,
    kind: isLeadingName(word, at, all[1]) ? 'name' : word.kind,
    start: word.start + start + 1,
    end: word.end + start + 1,
  }));
}

/** The first word of `note text` or `total > 0` is a name; that of `numeric(10, 2)` and `not null` is none. */
function isLeadingName(word: Word, at: number, next: Word | undefined): boolean {
  if (at !== 0 || word.kind !== 'word' || !identifier.test(word.text) || next === undefined) return false;
  const isFollowed = next.kind === 'symbol' ? next.text !== '(' : builtInTypes('postgresql').has(next.lower);
  return isFollowed && !sqlWords.has(word.lower);
}

const sqlWords = new Set(
  `not null default unique primary references check on timestamp timestamptz time double character varchar char bit national
   foreign constraint index column table add`.split(/\s+/),
);

function isPossessive(text: string, word: string, start: number): boolean {
  return (word === 's' || word === 'S') && text[start - 1] === "'" && /[\p{L}\p{N}`"]/u.test(text[start - 2] ?? '');
}

function made(kind: Word['kind'], text: string, start: number, end: number): Word {
  return { kind, text, lower: text.toLowerCase(), start, end };
}

/** Whether the word, as an unquoted one, is one of these. */
export function isWord(word: Word | undefined, ...expected: readonly string[]): boolean {
  return word !== undefined && (word.kind === 'word' || word.kind === 'symbol') && expected.includes(word.lower);
}

/** Whether the words from `at` on read like this; alternatives are separated by `|`. */
export function reads(words: readonly Word[], at: number, ...pattern: readonly string[]): boolean {
  return pattern.every((alternatives, offset) => isWord(words[at + offset], ...alternatives.split('|')));
}

/** The text that the words cover, as it was written. */
export function textOf(source: string, words: readonly Word[]): string {
  const [first] = words;
  const last = words.at(-1);
  return first === undefined || last === undefined ? '' : source.slice(first.start, last.end);
}
