import type { Span } from '../span.ts';

/** A text that stands in place of a span. */
export interface Edit extends Span {
  readonly replacement: string;
}

/**
 * Makes edits that do not overlap, and leaves everything else as it is, byte for byte. What is put in gets the line ends of
 * the text, and no second semicolon where one follows.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const offsetOf = offsetsIn(text);
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  let result = '';
  let done = 0;
  for (const { line, column, endLine, endColumn, replacement } of edits.toSorted(compare)) {
    const start = offsetOf(line, column);
    const end = offsetOf(endLine, endColumn);
    const closed = /^\s*;/.test(text.slice(end, end + 100)) ? replacement.replace(/;\s*$/, '') : replacement;
    result += text.slice(done, start) + closed.replace(/\r?\n/g, lineEnd);
    done = end;
  }
  return result + text.slice(done);
}

/** Those that can be made together: of several in one place only the first. */
export function disjoint<T extends Span>(spans: readonly T[]): readonly T[] {
  const chosen: T[] = [];
  for (const span of spans.toSorted(compare)) {
    const last = chosen.at(-1);
    if (last === undefined || !isBefore(span, last)) chosen.push(span);
  }
  return chosen;
}

function compare(a: Span, b: Span): number {
  return a.line - b.line || a.column - b.column;
}

/** Whether the first begins before the second ends. */
function isBefore(first: Span, second: Span): boolean {
  return first.line < second.endLine || (first.line === second.endLine && first.column < second.endColumn);
}

function offsetsIn(text: string): (line: number, column: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (line, column) => Math.min((starts[line - 1] ?? text.length) + column - 1, text.length);
}
