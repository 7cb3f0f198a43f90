import { type Token, tokensOf } from '../lex.ts';

/** What PostgreSQL calls an expression that says no name of its own (source, ChooseIndexColumnNames). */
const nameless = 'expr';

/** The names of built-in types that their own words do not tell (PostgreSQL source, gram.y). */
const systemTypes: Readonly<Record<string, string>> = {
  int: 'int4',
  integer: 'int4',
  bigint: 'int8',
  smallint: 'int2',
  real: 'float4',
  double: 'float8',
  boolean: 'bool',
  character: 'bpchar',
  char: 'bpchar',
  decimal: 'numeric',
};

/** Calls that have another name than they are written with (PostgreSQL source, gram.y). */
const systemCalls: Readonly<Record<string, string>> = { trim: 'btrim' };

/**
 * The column name of an index expression: its function or column, casts, collations and subscripts left aside, else `expr`
 * (PostgreSQL source, FigureIndexColname).
 */
export function expressionName(expression: string): string {
  return nameIn(wordsOf(expression)) ?? nameless;
}

interface Word {
  /** A quoted name without its quotes, any other word in lower case. */
  readonly text: string;
  readonly kind: Token['kind'];
}

function wordsOf(sql: string): readonly Word[] {
  return tokensOf(sql).map(({ kind, start, end }) => {
    const text = sql.slice(start, end);
    return { kind, text: kind === 'name' ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase() };
  });
}

function nameIn(words: readonly Word[]): string | undefined {
  const [first] = words;
  if (first === undefined) return undefined;
  if (isSymbol(first, '(')) {
    const end = closing(words, 0);
    const inner = nameIn(words.slice(1, end));
    return end === words.length - 1 ? inner : withSuffixes(words, end + 1, inner);
  }
  if (first.kind === 'string' || first.kind === 'number') return withSuffixes(words, 1, undefined);
  if (first.kind === 'symbol' || (first.kind === 'word' && first.text === 'not')) return undefined;
  if (first.kind === 'word' && first.text === 'case') return nameOfCase(words);
  if (first.kind === 'word' && first.text === 'array' && isSymbol(words[1], '[')) return 'array';

  let at = 0;
  while (isSymbol(words[at + 1], '.')) at += 2;
  const name = words[at]?.text;
  if (!isSymbol(words[at + 1], '(')) return withSuffixes(words, at + 1, name);
  const end = closing(words, at + 1);
  if (name === 'cast') return withSuffixes(words, end + 1, nameOfCast(words.slice(at + 2, end)));
  return withSuffixes(words, end + 1, systemCalls[name ?? ''] ?? name);
}

/** The name of what ELSE says, where that is a column. */
function nameOfCase(words: readonly Word[]): string | undefined {
  if (words.at(-1)?.text !== 'end') return undefined;
  const otherwise = words.at(-2);
  const isColumn = words.at(-3)?.text === 'else' && (otherwise?.kind === 'word' || otherwise?.kind === 'name');
  return isColumn && otherwise.text !== 'null' && otherwise.text !== 'true' && otherwise.text !== 'false'
    ? otherwise.text
    : 'case';
}

function nameOfCast(words: readonly Word[]): string | undefined {
  const as = words.findLastIndex(({ kind, text }) => kind === 'word' && text === 'as');
  return nameIn(words.slice(0, as)) ?? typeAt(words, as + 1);
}

/** The name after casts, collations, subscripts and AT TIME ZONE; `undefined` where an operator follows. */
function withSuffixes(words: readonly Word[], from: number, name: string | undefined): string | undefined {
  let [at, named] = [from, name];
  while (at < words.length) {
    const word = words[at];
    if (isSymbol(word, ':') && isSymbol(words[at + 1], ':')) {
      named ??= typeAt(words, at + 2);
      at = endOfType(words, at + 2);
    } else if (isSymbol(word, '[')) at = closing(words, at) + 1;
    else if (word?.text === 'collate') at += isSymbol(words[at + 2], '.') ? 4 : 2;
    else if (word?.text === 'at' && words[at + 1]?.text === 'time' && words[at + 2]?.text === 'zone') {
      named = 'timezone';
      at += 4;
    } else return undefined;
  }
  return named;
}

function typeAt(words: readonly Word[], at: number): string | undefined {
  let last = at;
  while (isSymbol(words[last + 1], '.')) last += 2;
  const text = words[last]?.text;
  if (text === 'character' && words[last + 1]?.text === 'varying') return 'varchar';
  const isZoned = words.slice(last + 1, last + 6).some((word) => word.text === 'with');
  if ((text === 'timestamp' || text === 'time') && isZoned) return `${text}tz`;
  return words[last]?.kind === 'name' ? text : (systemTypes[text ?? ''] ?? text);
}

const typeWords: ReadonlySet<string> = new Set(['varying', 'precision', 'with', 'without', 'time', 'zone']);

function endOfType(words: readonly Word[], from: number): number {
  let at = from + 1;
  while (isSymbol(words[at], '.')) at += 2;
  for (; at < words.length; at++) {
    if (isSymbol(words[at], '(') || isSymbol(words[at], '[')) at = closing(words, at);
    else if (!typeWords.has(words[at]?.text ?? '')) break;
  }
  return at;
}

function isSymbol(word: Word | undefined, text: string): boolean {
  return word?.kind === 'symbol' && word.text === text;
}

/** The place of the bracket that closes the one at `open`, or the end. */
function closing(words: readonly Word[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at++) {
    if (isSymbol(words[at], '(') || isSymbol(words[at], '[')) depth++;
    if (isSymbol(words[at], ')') || isSymbol(words[at], ']')) depth--;
    if (depth === 0) return at;
  }
  return words.length - 1;
}

/** The names of the keys of an exclusion constraint: `EXCLUDE USING gist (room WITH =, tsrange(a, b) WITH &&)`. */
export function exclusionKeys(definition: string): readonly string[] {
  const words = wordsOf(definition);
  const open = words.findIndex((word) => isSymbol(word, '('));
  const keys: (readonly Word[])[] = [];
  let from = open + 1;
  const end = closing(words, open);
  for (let at = from; at <= end; at++) {
    if (at < end && (isSymbol(words[at], '(') || isSymbol(words[at], '['))) at = closing(words, at);
    else if (at === end || isSymbol(words[at], ',')) {
      keys.push(words.slice(from, at));
      from = at + 1;
    }
  }
  return keys.map((key) => {
    const [first, second] = key;
    if (isSymbol(first, '(')) return nameIn(key.slice(0, closing(key, 0) + 1)) ?? nameless;
    const isCall = isSymbol(second, '(') || isSymbol(second, '.');
    return (
      (isCall
        ? nameIn(
            key.slice(
              0,
              closing(
                key,
                key.findIndex((word) => isSymbol(word, '(')),
              ) + 1,
            ),
          )
        : first?.text) ?? nameless
    );
  });
}
