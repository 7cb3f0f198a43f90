import type { Finding } from '../sql/finding.ts';
import { escapeInline, fence } from './escape.ts';
import { linesAt, type Revision } from './place.ts';
import { sentence } from './sentence.ts';
import { counted, mention, paragraphs } from './words.ts';

export const marks = { error: '🔴', warning: '🟡', notice: '🔵' } as const;

/** Why a finding is no longer there. */
export type Gone =
  | { readonly kind: 'fixed' }
  /** Its file is no longer part of what the pull request changes. */
  | { readonly kind: 'left' }
  /** The configuration switched the rule off. */
  | { readonly kind: 'off' }
  /** The author of the file ignored it in the file. */
  | { readonly kind: 'suppressed'; readonly reason: string };

/** The comment on the lines of one finding. */
export function finding(found: Finding, suggestion: string | undefined): string {
  return paragraphs(...said(found), suggestion !== undefined && fence(suggestion, 'suggestion'));
}

/** The comment on a file whose lines GitHub does not show. */
export function findingInFile(found: Finding, at: Revision): string {
  const [what = '', ...more] = said(found);
  return paragraphs(`${linesAt(found, at)}: ${what}`, ...more);
}

function said({ level, rule, message, remedy }: Finding): readonly string[] {
  return [`${marks[level]} **${rule}** (${level}): ${sentence(message)}`, sentence(remedy)].filter(
    (part) => part !== '',
  );
}

/** The last word in a thread: why what it spoke of is gone. */
export function gone(why: Gone, rule: string, head: string): string {
  const commit = head.slice(0, 7);
  switch (why.kind) {
    case 'fixed':
      return `Fixed in ${commit}. Thank you.`;
    case 'left':
      return `No longer part of this pull request, as of ${commit}.`;
    case 'off':
      return `The configuration of this repository has switched **${rule}** off.`;
    case 'suppressed':
      return `Ignored in the file, as of ${commit}: ${escapeInline(why.reason)}`;
  }
}

/** In a thread whose problem was gone. */
export function back(found: Finding, at: Revision): string {
  return `This is back in ${at.head.sha.slice(0, 7)}: ${linesAt(found, at)}.`;
}

/** In a thread that GitHub shows no longer beside its lines. */
export function stillThere(found: Finding, at: Revision): string {
  return `The lines have changed, the problem has not: it is now ${linesAt(found, at)}.`;
}

/** In a thread that a person ignored with a reason. */
export function ignored({ by, reason }: { readonly by: string; readonly reason: string }): string {
  return `Ignored, as ${mention(by)} decided: ${escapeInline(reason)}`;
}

/** The answer to a command in a thread that gives no reason. */
export function needsReason(login: string): string {
  return `${mention(login)}: with the reason, please, so that it can be recorded: \`/db ignore because REASON\`.`;
}

/** The answer to a command that ignores a rule on a pull request. */
export function ignoredRule(rule: string, count: number, reason: string): string {
  return count === 0
    ? `I find nothing of **${escapeInline(rule)}** here, so there is nothing to ignore.`
    : `Recorded: ${counted(count, 'finding')} of **${escapeInline(rule)}** ${count === 1 ? 'is' : 'are'} ignored here: ${escapeInline(reason)}`;
}

/** The body of a review. */
export function review({
  findings,
  fresh,
  most,
  verdict,
}: {
  /** Every finding that stands. */
  readonly findings: readonly Finding[];
  readonly fresh: number;
  /** How many threads may be open at a time. */
  readonly most: number;
  /** The verdict, where the review takes a stance on it. */
  readonly verdict: string | undefined;
}): string {
  const blocking = findings.filter(({ level }) => level === 'error').length;
  return paragraphs(
    verdict !== undefined && `${sentence(verdict)}.`,
    fresh > 0 &&
      `${counted(fresh, 'new finding')}${blocking > 0 ? `; ${counted(blocking, 'finding')} in all ${blocking === 1 ? 'blocks' : 'block'}` : '; none blocks'}.`,
    findings.length > fresh && `At most ${most} threads are open at a time; every finding is in the summary.`,
  );
}

/** Why a review of ours is dismissed. */
export function withdrawn(title: string, head: string): string {
  return `${sentence(title)}, as of ${head.slice(0, 7)}.`;
}

/** A finding in a check run's annotation, which is plain text. */
export function annotation({ message, remedy }: Finding): string {
  return remedy === '' ? message : `${message}\n\n${remedy}`;
}
