import type { Span } from '../../sql/span.ts';
import { printable } from '../output.ts';
import { displayWidth, graphemesOf } from './width.ts';

/** More lines of a long statement say no more. */
const maximumLines = 6;
/** What is looked at of a line of a dump, in UTF-16 characters. */
const maximumLength = 2_000;
/** How much stands before what is marked, where the beginning of the line has no room. */
const lead = 20;
const tab = '    ';

/** A line of source with its number; where it is marked, the blanks and carets that go below it. */
export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
  readonly marks?: string;
}

/**
 * The lines of a span, at most `width` columns each, with carets below what it covers of the first and, where that is all,
 * below the others. Control characters are made visible, tabs are four blanks.
 */
export function excerptOf(lines: readonly string[], span: Span, width: number): readonly ExcerptLine[] {
  const last = Math.min(span.endLine, span.line + maximumLines - 1);
  const shown = lines.slice(span.line - 1, last).map((line) => line.replace(/\r$/, ''));
  return shown.map((text, index) => {
    const number = span.line + index;
    const start = number === span.line ? span.column - 1 : text.length - text.trimStart().length;
    const end = number === span.endLine ? span.endColumn - 1 : text.trimEnd().length;
    // A finding is somewhere, so that its first line is marked even where it covers nothing.
    return { number, ...clipped(text, start, index === 0 ? Math.max(end, start + 1) : end, width) };
  });
}

interface Cell {
  readonly shown: string;
  readonly wide: number;
  readonly marked: boolean;
}

/** A line as far as there is room, moved so that the mark can be seen. */
function clipped(line: string, start: number, end: number, width: number): Omit<ExcerptLine, 'number'> {
  // Nearly every line of SQL: a character a column.
  if (line.length <= maximumLength && end <= line.length && /^[ -~]*$/.test(line)) {
    return clippedPlain(line, start, end, width);
  }
  const from = line.length <= maximumLength ? 0 : boundary(line, start - maximumLength / 2);
  const cells = cellsOf(line.slice(from, from + maximumLength), start - from, end - from);
  const isWhole = line.length <= maximumLength;
  const whole = isWhole && widthOf(cells) <= width;
  const mark = cells.findIndex(({ marked }) => marked);
  const dropped = whole || widthOf(cells.slice(0, mark)) <= width / 2 ? 0 : Math.max(0, mark - lead);
  const before = from + dropped > 0 ? [ellipsis] : [];
  const shown = whole ? cells : within(cells.slice(dropped), width - 2);
  const isCut = dropped + shown.length < cells.length || from + maximumLength < line.length;
  const kept = [...before, ...shown, ...(isCut ? [ellipsis] : [])];
  return {
    text: kept
      .map(({ shown }) => shown)
      .join('')
      .trimEnd(),
    ...marksOf(kept),
  };
}

/** The same for a line in which every character is a column. */
function clippedPlain(line: string, start: number, end: number, width: number): Omit<ExcerptLine, 'number'> {
  const whole = line.length <= width;
  const dropped = whole || start <= width / 2 ? 0 : start - lead;
  const kept = whole ? line : line.slice(dropped, dropped + width - 2);
  const before = dropped > 0 ? ellipsis.shown : '';
  const after = dropped + kept.length < line.length ? ellipsis.shown : '';
  const from = Math.max(0, start - dropped) + before.length;
  const to = Math.min(end - dropped, kept.length) + before.length;
  return {
    text: `${before}${kept}${after}`.trimEnd(),
    ...(end > start ? { marks: ' '.repeat(from) + '^'.repeat(Math.max(0, to - from)) } : {}),
  };
}

function cellsOf(text: string, start: number, end: number): readonly Cell[] {
  const cells = Array.from(graphemesOf(text), ({ segment, index }): Cell => {
    const shown = printable(segment.replaceAll('\t', tab));
    return { shown, wide: displayWidth(shown), marked: index >= start && index < end };
  });
  // A place where nothing is, such as the end of the text, is marked all the same.
  const nowhere: Cell = { shown: ' ', wide: 1, marked: true };
  return start >= end || cells.some(({ marked }) => marked) ? cells : [...cells, nowhere];
}

const ellipsis: Cell = { shown: '\u2026', wide: 1, marked: false };

/** As many cells as there is room for, at the least one. */
function within(cells: readonly Cell[], width: number): readonly Cell[] {
  let used = 0;
  const end = cells.findIndex(({ wide }) => {
    used += wide;
    return used > width;
  });
  return end === -1 ? cells : cells.slice(0, Math.max(1, end));
}

function marksOf(cells: readonly Cell[]): Pick<ExcerptLine, 'marks'> {
  const marks = cells
    .map(({ wide, marked }) => (marked ? '^' : ' ').repeat(wide))
    .join('')
    .trimEnd();
  return marks === '' ? {} : { marks };
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { wide }) => sum + wide, 0);
}

/** An offset that does not cut a surrogate pair. */
function boundary(text: string, offset: number): number {
  const at = Math.max(0, offset);
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
