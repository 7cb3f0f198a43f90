import type { Change } from '../change.ts';
import { nextToken } from '../lex.ts';
import { renderChange } from '../render.ts';
import type { RuleContext } from '../rule.ts';

/** Whether the change is all that its statement does, so that another statement may stand in its place. */
export function isWholeStatement({ inBlock, within }: Change, { siblings }: RuleContext): boolean {
  return siblings.length === 1 && inBlock !== true && within === undefined;
}

/** Whether PostgreSQL runs the change inside a transaction block, where it refuses what has to commit on its own. */
export function runsInTransaction({ inBlock }: Change, { inTransaction }: RuleContext): boolean {
  return inTransaction || inBlock === true;
}

/**
 * Whether the change may be replaced by several statements of which each commits before the next: not where the tool sends the
 * file as one message, because that makes a transaction of several statements.
 */
export function maySplit(change: Change, context: RuleContext): boolean {
  return isWholeStatement(change, context) && !context.inTransaction && context.file.inOneMessage !== true;
}

/** The statement with a word put in behind the first of these keywords, comments and quotes passed over. */
export function wordAfter(sql: string, keywords: readonly string[], word: string): string | undefined {
  for (let token = nextToken(sql, 0); token !== undefined; token = nextToken(sql, token.end)) {
    if (token.kind === 'word' && keywords.includes(sql.slice(token.start, token.end).toLowerCase()))
      return `${sql.slice(0, token.end)} ${word}${sql.slice(token.end)}`;
  }
  return undefined;
}

/** The indexes that a statement drops, each dropped CONCURRENTLY in a statement of its own. */
export function concurrentDrops(siblings: readonly Change[]): string {
  const drops = siblings.filter((change) => change.kind === 'drop-index');
  return drops.map((drop) => renderChange({ ...drop, concurrently: true })).join(';\n');
}
