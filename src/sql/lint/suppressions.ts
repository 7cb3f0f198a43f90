import type { Statement } from '../change.ts';
import { type Token, tokensOf } from '../lex.ts';
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
  const tokens = tokensOf(text, { comments: true });
  const comments = tokens.filter(({ kind }) => kind === 'comment');
  const firstEnd = endOfFirstComment(text, comments);

  const above = comments.flatMap(({ start, end }): readonly Suppression[] => {
    const directive = directiveIn(text.slice(start, end));
    if (directive === undefined) return [];
    const span = positions.span(start, end);
    const isFirst = end <= firstEnd && !statements.some((statement) => isBefore(statement.span, span));
    const { rules, reason, scope } = directive;
    const isOfFile = scope === 'file' || ((scope === 'own' || scope === 'first-comment') && isFirst);
    const target = isOfFile ? 'file' : (statementFor(span, statements) ?? 'nothing');
    return [{ rules, reason, span, target, isOwn: scope === 'own' }];
  });
  const inside = tokens.flatMap(({ kind, start, end }) =>
    kind === 'string' && text[start] === '$' ? commentsInCode(text, start, end) : [],
  );
  return [
    ...above,
    ...inside.flatMap(({ start, end }): readonly Suppression[] => {
      const span = positions.span(start, end);
      const target = statements.find(
        (each) => isCode(each) && !isBefore(each.span, span) && !isBefore(span, each.span),
      );
      const directive = target === undefined ? undefined : directiveIn(text.slice(start, end));
      if (target === undefined || directive === undefined) return [];
      return [{ rules: directive.rules, reason: directive.reason, span, target, isOwn: directive.scope === 'own' }];
    }),
  ];
}

/** The comments in the code of a block or function, at their places in the text. They stand for the statement that holds it. */
function commentsInCode(text: string, start: number, end: number): readonly Pick<Token, 'start' | 'end'>[] {
  const code = text.slice(start, end);
  const quote = code.indexOf('$', 1) + 1;
  return tokensOf(code.slice(quote, -quote), { comments: true })
    .filter(({ kind }) => kind === 'comment')
    .map((comment) => ({ start: start + quote + comment.start, end: start + quote + comment.end }));
}

function isCode({ changes }: Statement): boolean {
  return changes.some(({ inBlock, within }) => inBlock === true || within !== undefined);
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
