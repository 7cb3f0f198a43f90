import type { Statement } from '../change.ts';
import { tokensOf } from '../lex.ts';
import { positionsIn } from '../positions.ts';
import type { Span } from '../span.ts';
import { directiveIn } from './directives.ts';

/** One ignore comment of a file. */
export interface Suppression {
  readonly rules: readonly string[] | 'all';
  /** The author's reason; a peer's comment has none of its own and gives its own text. */
  readonly reason: string | undefined;
  readonly span: Span;
  /** What it stands for. `nothing`: no statement follows it. */
  readonly target: Statement | 'file' | 'nothing';
  /** Written for us, not for a peer. */
  readonly isOwn: boolean;
}

/** The ignore comments of a file. A text without one costs a search and nothing more. */
export function suppressionsIn(sql: string, statements: readonly Statement[]): readonly Suppression[] {
  if (!/database-lead:|squawk-ignore|eugene:|atlas:nolint/i.test(sql)) return [];
  const text = sql.startsWith('\uFEFF') ? sql.slice(1) : sql;
  const positions = positionsIn(text);
  const comments = tokensOf(text, { comments: true }).filter(({ kind }) => kind === 'comment');
  const firstEnd = endOfFirstComment(text, comments);

  return comments.flatMap(({ start, end }): readonly Suppression[] => {
    const directive = directiveIn(text.slice(start, end));
    if (directive === undefined) return [];
    const span = positions.span(start, end);
    const isFirst = end <= firstEnd && !statements.some((statement) => isBefore(statement.span, span));
    const { rules, reason, scope } = directive;
    const isOfFile = scope === 'file' || ((scope === 'own' || scope === 'first-comment') && isFirst);
    const target = isOfFile ? 'file' : (statementFor(span, statements) ?? 'nothing');
    return [{ rules, reason, span, target, isOwn: scope === 'own' }];
  });
}

/** Line comments that follow each other without an empty line are one comment. */
function endOfFirstComment(
  text: string,
  comments: readonly { readonly start: number; readonly end: number }[],
): number {
  let end = comments[0]?.end ?? 0;
  for (const next of comments.slice(1)) {
    if (!/^[ \t\r]*\n?[ \t]*$/.test(text.slice(end, next.start))) break;
    end = next.end;
  }
  return end;
}

/** The statement that ends on the comment's line, or the one the comment stands in, or the next one. */
function statementFor(comment: Span, statements: readonly Statement[]): Statement | undefined {
  const onItsLine = statements.findLast(({ span }) => span.endLine === comment.line && isBefore(span, comment));
  return onItsLine ?? statements.find(({ span }) => !isBefore(span, comment));
}

/** Whether the first ends before the second begins. */
function isBefore(first: Span, second: Span): boolean {
  return first.endLine < second.line || (first.endLine === second.line && first.endColumn <= second.column);
}
