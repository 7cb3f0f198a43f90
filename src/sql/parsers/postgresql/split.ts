import { nextToken, type Token } from '../../lex.ts';
import { endOfTemplate } from './placeholder.ts';

/** A piece of a text that holds one statement, or a line that is meant for psql. */
export interface Segment {
  readonly kind: 'sql' | 'psql';
  readonly start: number;
  readonly end: number;
}

/** How often we look for a new beginning after a quote that never ends, so that hostile input cannot cost square time. */
const restarts = 50;

/**
 * Cuts a text into statements without understanding them, for texts that do not parse as a whole. Knows quotes, comments,
 * the bodies that hold semicolons (BEGIN ATOMIC ... END, and the parentheses of CREATE RULE), psql's backslash commands, the
 * placeholders of templates, and the data lines that follow COPY ... FROM STDIN.
 */
export function split(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  const afterRows = rowEnds(text);
  let left = restarts;
  let at = 0;
  while (at < text.length) {
    const { segment, next } = readSegment(text, at, left > 0, afterRows);
    if (segment === undefined) break;
    if (next < segment.end) left--;
    segments.push(next < segment.end ? { ...segment, end: next } : segment);
    at = next;
  }
  return segments;
}

function readSegment(
  text: string,
  from: number,
  mayRestart: boolean,
  afterRows: (from: number) => number,
): { segment?: Segment; next: number } {
  const words: string[] = [];
  let start: number | undefined;
  let parentheses = 0;
  let blocks = 0;
  let end = from;
  let at = from;
  for (let token = nextToken(text, at); token !== undefined; token = nextToken(text, at)) {
    const template = token.kind === 'symbol' ? endOfTemplate(text, token.start) : undefined;
    at = template ?? token.end;
    if (template !== undefined) {
      // What stands in it is no SQL, and neither are its quotes.
      start ??= token.start;
      end = template;
      continue;
    }
    if (!token.closed && mayRestart && start !== undefined) {
      const restart = afterFirstLineEndingInSemicolon(text, start);
      if (restart !== undefined) return { segment: { kind: 'sql', start, end: text.length }, next: restart };
    }
    if (token.kind === 'comment') continue;
    const char = token.kind === 'symbol' ? text[token.start] : '';
    if (char === '\\') return atBackslash(text, token, start, end, afterRows);
    if (char === ';' && start === undefined) continue;
    start ??= token.start;
    if (char === ';' && blocks === 0 && (parentheses === 0 || !isRule(words))) {
      return {
        segment: { kind: 'sql', start, end: token.start },
        next: isFed(words) ? afterRows(token.end) : token.end,
      };
    }
    if (char === '(') parentheses++;
    if (char === ')') parentheses--;
    if (token.kind === 'word') {
      const word = text.slice(token.start, token.end).toLowerCase();
      if (word === 'atomic' && words.at(-1) === 'begin') blocks++;
      else if (blocks > 0 && word === 'case') blocks++;
      else if (blocks > 0 && word === 'end') blocks--;
      // Only the first words tell what a statement is, and only the last one what ATOMIC belongs to.
      if (words.length < 12) words.push(word);
      else words[words.length - 1] = word;
    }
    end = token.end;
  }
  return start === undefined ? { next: text.length } : { segment: { kind: 'sql', start, end }, next: text.length };
}

/** A backslash outside quotes ends a statement that it follows (`\gexec`), else it begins a command to the line's end. */
function atBackslash(
  text: string,
  token: Token,
  start: number | undefined,
  end: number,
  afterRows: (from: number) => number,
): { segment: Segment; next: number } {
  if (start !== undefined) return { segment: { kind: 'sql', start, end }, next: token.start };
  const newline = text.indexOf('\n', token.start);
  const stop = newline === -1 ? text.length : newline;
  const hasRows = /^\\copy\b.*\bfrom\s+p?stdin\b/i.test(text.slice(token.start, stop));
  return { segment: { kind: 'psql', start: token.start, end: stop }, next: hasRows ? afterRows(stop) : stop };
}

function isRule(words: readonly string[]): boolean {
  return words[0] === 'create' && words.slice(1, 4).includes('rule');
}

function isFed(words: readonly string[]): boolean {
  return words[0] === 'copy' && words.includes('stdin');
}

/**
 * Where the rows end that follow a COPY: behind the next line with their end mark. Without one there are no rows to pass over, and
 * guessing would pass over statements. The marks are looked for once, since a text of nothing but COPY would cost square time.
 */
function rowEnds(text: string): (from: number) => number {
  let ends: readonly number[] | undefined;
  let next = 0;
  return (from) => {
    ends ??= [...text.matchAll(/^\\\.\r?$/gm)].map(({ 0: mark, index }) => index + mark.length);
    while ((ends[next] ?? Number.POSITIVE_INFINITY) <= from) next++;
    return ends[next] ?? from;
  };
}

function afterFirstLineEndingInSemicolon(text: string, from: number): number | undefined {
  const lineEnd = /;[ \t]*\r?\n/g;
  lineEnd.lastIndex = from;
  return lineEnd.exec(text) === null ? undefined : lineEnd.lastIndex;
}
