import type { Statement } from '../change.ts';
import type { Span } from '../span.ts';

/** The statement in which a place lies, on its lines at least; they are in the order of their places. */
export function statementAt(statements: readonly Statement[], { line, column }: Span): Statement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { span } = statements[middle] as Statement;
    if (span.line < line || (span.line === line && span.column <= column)) low = middle + 1;
    else high = middle;
  }
  const last = statements[low - 1];
  return last !== undefined && last.span.endLine >= line ? last : undefined;
}
