import type { Span } from './span.ts';

/** Turns offsets of one text into lines and columns. */
export interface Positions {
  readonly line: (offset: number) => number;
  readonly span: (start: number, end: number) => Span;
}

/** Positions in a text whose offsets count UTF-16 characters. Only a line feed ends a line, so CRLF counts once. */
export function positionsIn(text: string): Positions {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);

  const line = (offset: number) => lastAtOrBelow(starts, offset) + 1;
  const column = (offset: number) => offset - (starts[line(offset) - 1] ?? 0) + 1;
  return {
    line,
    span: (start, end) => ({
      line: line(start),
      column: column(start),
      endLine: line(end),
      endColumn: column(end),
    }),
  };
}

/** The place in a file of a part of a text that stands in it at `at`. */
export function partOf(text: string, at: Span, start: number, end: number): Span {
  const { line, column, endLine, endColumn } = positionsIn(text).span(start, end);
  return {
    line: at.line + line - 1,
    column: line === 1 ? at.column + column - 1 : column,
    endLine: at.line + endLine - 1,
    endColumn: endLine === 1 ? at.column + endColumn - 1 : endColumn,
  };
}

/**
 * A function from offsets in the UTF-8 form of a text to offsets in UTF-16 characters. Only the places where the two
 * drift apart are kept, so that ASCII costs nothing.
 */
export function utf16Offsets(text: string): (byte: number) => number {
  const bytes: number[] = [];
  const drift: number[] = [];
  let ahead = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what "not ASCII" means
  for (const { 0: char, index } of text.matchAll(/[^\x00-\x7f]/gu)) {
    ahead += utf8Length(char) - char.length;
    bytes.push(index + char.length + ahead);
    drift.push(ahead);
  }
  if (bytes.length === 0) return (byte) => byte;
  return (byte) => byte - (drift[lastAtOrBelow(bytes, byte)] ?? 0);
}

/** The UTF-16 offset of the code point with that index. */
export function offsetOfCodePoint(text: string, index: number): number {
  let offset = 0;
  for (let seen = 0; seen < index && offset < text.length; seen++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** A lone surrogate is sent to the parser as three bytes, like the replacement character. */
function utf8Length(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

function lastAtOrBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
