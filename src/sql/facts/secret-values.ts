import { nextToken, type Token } from '../lex.ts';
import { secretKeptIn } from './secret-names.ts';

/** A literal that is written into a column whose name says that it keeps a secret. */
export interface SecretValue {
  readonly what: string;
  /** The place of the literal, without its quotes. */
  readonly start: number;
  readonly end: number;
}

const insertion = /\binsert\s+into\s+([\w."`]{1,200})\s*\(([^()']{1,4000})\)\s*values\b/gi;
const assignment = /(?:\bset|,)\s+["`]?(\w{1,63})["`]?\s*=\s*(?=')/gi;
/** Words that stand in the name of every column that is looked for. */
const worthALook = /pass|pwd|secret|token|key|ssn|social|card|cvv|cvc/i;

/** The literals of INSERT ... VALUES and of UPDATE ... SET in a text that stand for a secret as it is, not for its hash. */
export function* secretValuesIn(text: string): Generator<SecretValue> {
  if (!worthALook.test(text)) return;
  let read = 0;
  for (const { 0: found, 1: table = '', 2: list = '', index } of text.matchAll(insertion)) {
    // Rows that never end hold what looks like the next INSERT.
    if (index < read || !worthALook.test(list)) continue;
    const name = table.replace(/["`]/g, '').split('.').at(-1) ?? '';
    const kept = list.split(',').map((column) => secretKeptIn(column.replace(/["`]/g, '').trim(), 'text', name));
    if (kept.some((what) => what !== undefined)) read = yield* inRows(text, index + found.length, kept);
  }
  for (const { 0: found, 1: column = '', index } of text.matchAll(assignment)) {
    const what = worthALook.test(column) ? secretKeptIn(column, 'text', '') : undefined;
    const literal = what === undefined ? undefined : nextToken(text, index + found.length);
    if (what !== undefined && literal !== undefined) yield* asSecret(text, literal, what);
  }
}

/** The values that stand where a secret is kept, as far as they are a literal and nothing more. Returns where the rows end. */
function* inRows(text: string, from: number, kept: readonly (string | undefined)[]): Generator<SecretValue, number> {
  let depth = 0;
  let column = 0;
  let value: Token[] = [];
  for (let token = nextToken(text, from); token !== undefined; token = nextToken(text, token.end)) {
    const char = token.kind === 'symbol' ? text[token.start] : '';
    const endsValue = depth === 1 && (char === ',' || char === ')');
    if (endsValue) {
      const [literal, ...more] = value;
      const what = kept[column];
      if (literal !== undefined && more.length === 0 && what !== undefined) yield* asSecret(text, literal, what);
      value = [];
      column = char === ',' ? column + 1 : 0;
    }
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (depth === 0 && char !== ')' && char !== ',' && token.kind !== 'comment') return token.start;
    if (depth > 0 && !endsValue && !(depth === 1 && char === '(') && token.kind !== 'comment') value.push(token);
  }
  return text.length;
}

function* asSecret(text: string, { kind, start, end }: Token, what: string): Generator<SecretValue> {
  if (kind !== 'string' || text[start] !== "'") return;
  const value = text.slice(start + 1, end - 1);
  if (value.length >= 4 && !isHashed(value, what)) yield { what, start: start + 1, end: end - 1 };
}

/** The forms in which hashes are kept: `$2b$...`, `$argon2id$...`, `pbkdf2_sha256$...`, `{SSHA}...`, long digits for a password. */
function isHashed(value: string, what: string): boolean {
  if (/^(?:\$\w{1,20}\$|\w{3,20}\$|\{\w{2,20}\}|\w{2,10}:\d+:|\\x)/.test(value)) return true;
  return what === 'a password' && /^(?:[\da-f]{32,}|[\w+/=-]{40,})$/i.test(value);
}
