import { isWord, reads, textOf, type Word } from '../text/words.ts';
import { closing } from './values.ts';
import { isPlace, mayBeName } from './vocabulary.ts';

/** A condition on a column, as SQL in which `VALUE` stands for the column. */
interface Read {
  readonly condition: string;
  readonly next: number;
}

const fixed: readonly (readonly [readonly string[], string])[] = [
  [['positive|strictly-positive'], 'VALUE > 0'],
  [['non-negative|nonnegative'], 'VALUE >= 0'],
  [['not|never', 'negative'], 'VALUE >= 0'],
  [['not|never', 'be', 'negative'], 'VALUE >= 0'],
  [['not|never', 'be', 'zero'], 'VALUE <> 0'],
  [['zero', 'or', 'more|greater|positive|above'], 'VALUE >= 0'],
  [['not|never', 'empty', 'string|text'], "VALUE <> ''"],
  [['lower-case|lowercase'], 'VALUE = lower(VALUE)'],
  [['upper-case|uppercase'], 'VALUE = upper(VALUE)'],
];

const comparisons: readonly (readonly [readonly string[], string])[] = [
  [['greater|larger|more|bigger|higher', 'than', 'or', 'equal', 'to'], '>='],
  [['less|smaller|lower|fewer', 'than', 'or', 'equal', 'to'], '<='],
  [['not', 'more|greater|higher|larger', 'than'], '<='],
  [['no', 'more|greater|higher|larger', 'than'], '<='],
  [['not', 'less|lower|smaller|fewer', 'than'], '>='],
  [['no', 'less|lower|smaller|fewer', 'than'], '>='],
  [['not', 'exceed'], '<='],
  [['never', 'exceed'], '<='],
  [['greater|larger|more|bigger|higher', 'than'], '>'],
  [['less|smaller|lower|fewer', 'than'], '<'],
  [['at', 'least'], '>='],
  [['at', 'most'], '<='],
  [['above|over|exceeding'], '>'],
  [['below|under'], '<'],
  [['>=|≥'], '>='],
  [['<=|≤'], '<='],
  [['>'], '>'],
  [['<'], '<'],
  [['<>|!='], '<>'],
];

/** The condition that begins at `at`, if one does. */
export function readCondition(words: readonly Word[], at: number, text: string): Read | undefined {
  for (const [phrase, condition] of fixed) {
    if (reads(words, at, ...phrase)) return { condition, next: at + phrase.length };
  }
  for (const [phrase, operator] of comparisons) {
    if (!reads(words, at, ...phrase)) continue;
    const value = literal(words[at + phrase.length]);
    if (value !== undefined) return { condition: `VALUE ${operator} ${value}`, next: at + phrase.length + 1 };
  }
  return readBetween(words, at) ?? readOneOf(words, at) ?? readCheck(words, at, text);
}

function readBetween(words: readonly Word[], at: number): Read | undefined {
  const from =
    isWord(words[at], 'between') || reads(words, at, 'from') ? at + 1 : reads(words, at, 'in', 'range') ? at + 2 : -1;
  const low = literal(words[from]);
  const high = literal(words[from + 2]);
  if (from < 0 || low === undefined || high === undefined || !isWord(words[from + 1], 'and', 'to', '-'))
    return undefined;
  return { condition: `VALUE BETWEEN ${low} AND ${high}`, next: from + 3 };
}

/** "one of 'new', 'paid' or 'shipped'", "in ('new', 'paid')", "either a or b". */
function readOneOf(words: readonly Word[], at: number): Read | undefined {
  let next = at;
  if (reads(words, at, 'one', 'of')) next += 2;
  else if (isWord(words[at], 'either') || (isWord(words[at], 'in') && isWord(words[at + 1], '('))) next += 1;
  else if (isWord(words[at], ':') && listsWithOr(words, at + 1)) next += 1;
  else if (!(words[at]?.kind === 'string' && isWord(words[at + 1], ',', 'or') && isLiteral(words[at + 2])))
    return undefined;
  if (isWord(words[next], ':')) next++;
  const open = isWord(words[next], '(');
  if (open) next++;
  const values: string[] = [];
  const quoted = isLiteral(words[next]);
  for (; next < words.length; next++) {
    if (isWord(words[next], ',', 'or', 'and')) continue;
    const value = literal(words[next]) ?? (quoted ? undefined : bare(words[next]));
    if (value === undefined) break;
    values.push(value);
  }
  if (open && isWord(words[next], ')')) next++;
  return values.length < 2 ? undefined : { condition: `VALUE IN (${values.join(', ')})`, next };
}

/** "check (total > 0)": the brackets hold SQL. */
function readCheck(words: readonly Word[], at: number, text: string): Read | undefined {
  if (!isWord(words[at], 'check', 'checks') || !isWord(words[at + 1], '(')) return undefined;
  const close = closing(words, at + 1);
  if (close >= words.length) return undefined;
  return { condition: textOf(text, words.slice(at + 2, close)).replaceAll('`', ''), next: close + 1 };
}

/** "active, suspended or closed". */
function listsWithOr(words: readonly Word[], from: number): boolean {
  for (let at = from; at < words.length && at < from + 20; at++) {
    if (isWord(words[at], 'or')) return at > from;
    if (
      !isWord(words[at], ',') &&
      (!mayBeName(words[at]) || !(at === from || isWord(words[at - 1], ','))) &&
      !isLiteral(words[at])
    )
      return false;
  }
  return false;
}

function isLiteral(word: Word | undefined): boolean {
  return word?.kind === 'string' || word?.kind === 'number';
}

function literal(word: Word | undefined): string | undefined {
  if (word?.kind === 'number') return word.text;
  if (word?.kind === 'string') return quote(word.text);
  return isWord(word, 'zero') ? '0' : undefined;
}

function bare(word: Word | undefined): string | undefined {
  return (word?.kind === 'word' || word?.kind === 'name') && !isPlace(word) ? quote(word.text) : undefined;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
