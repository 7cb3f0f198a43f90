import { atlas, eugene, squawk, translate } from './peers.ts';

/**
 * What an ignore comment asks for. `own`: ours, which holds for the whole file when it is in the file's first comment;
 * `first-comment`: a peer's of which the same holds.
 */
export interface Directive {
  readonly rules: readonly string[] | 'all';
  readonly reason: string | undefined;
  readonly scope: 'own' | 'first-comment' | 'statement' | 'file';
}

/** The directive in the text of one comment, in our own form or in that of a peer. */
export function directiveIn(comment: string): Directive | undefined {
  return ours(comment) ?? squawks(comment) ?? eugenes(comment) ?? atlases(comment);
}

function ours(comment: string): Directive | undefined {
  const match = /database-lead:\s*ignore\s+([\w/-]+(?:\s*,\s*[\w/-]+)*)(?:\s+because\b:?\s*([^\n]*))?/i.exec(comment);
  if (match === null) return undefined;
  const reason = match[2]?.replace(/\*\/\s*$/, '').trim();
  return { rules: names(match[1]), reason: reason === '' ? undefined : reason, scope: 'own' };
}

function squawks(comment: string): Directive | undefined {
  const match = /squawk-ignore(-file)?\b[ \t]*([\w\-, \t]*)/.exec(comment);
  if (match === null) return undefined;
  const scope = match[1] === undefined ? 'statement' : 'file';
  return { rules: translate(names(match[2]), squawk), reason: `squawk-ignore${match[1] ?? ''}`, scope };
}

function eugenes(comment: string): Directive | undefined {
  const match = /eugene:\s*ignore\b[ \t]*([\w, \t]*)/.exec(comment);
  if (match === null) return undefined;
  return { rules: translate(names(match[1]), eugene), reason: 'eugene: ignore', scope: 'statement' };
}

function atlases(comment: string): Directive | undefined {
  const match = /atlas:nolint\b[ \t]*([\w \t]*)/.exec(comment);
  if (match === null) return undefined;
  return { rules: translate(names(match[1]), atlas), reason: 'atlas:nolint', scope: 'statement' };
}

function names(list: string | undefined): readonly string[] {
  return (list ?? '').split(/[\s,]+/).filter((name) => name !== '');
}
