import type { ChangedFile } from '../github/port.ts';
import { digest } from '../kernel/hash.ts';
import type { Finding } from '../sql/finding.ts';
import { hunksOf, isCommentable } from './diff.ts';
import type { DatabaseReview } from './observed.ts';

/** A finding with what is needed to speak about it on a pull request. */
export interface Placed {
  readonly finding: Finding;
  /** Stays the same while the problem does: rule and statement, not the line. */
  readonly key: string;
  /** Whether GitHub accepts a comment on these lines. */
  readonly inDiff: boolean;
  /** Whole lines that may stand in place of the commented ones. */
  readonly suggestion?: string;
}

/** All findings of a pull request, the gravest first, then by place. */
export function placedFindings(reviews: readonly DatabaseReview[], files: readonly ChangedFile[]): readonly Placed[] {
  const hunks = new Map(files.map(({ path, patch }) => [path, hunksOf(patch)]));
  const seen = new Map<string, number>();
  return reviews
    .flatMap((review) => review.lint.findings.map((finding) => ({ finding, text: textOf(review, finding.file) })))
    .map(({ finding, text }) => {
      const lines = text.split('\n').slice(finding.line - 1, finding.endLine);
      const about = isOfFile(finding) ? finding.file : lines.join(' ').replace(/\s+/g, ' ').trim();
      const base = digest([finding.rule, about]).slice(0, 16);
      const nth = (seen.get(base) ?? 0) + 1;
      seen.set(base, nth);
      const suggestion = suggestionFor(finding, lines);
      return {
        finding,
        key: nth === 1 ? base : `${base}.${nth}`,
        inDiff: isCommentable(hunks.get(finding.file) ?? [], finding.line, finding.endLine),
        ...(suggestion === undefined ? {} : { suggestion }),
      };
    })
    .toSorted(
      (a, b) =>
        rank(a.finding) - rank(b.finding) ||
        a.finding.file.localeCompare(b.finding.file) ||
        a.finding.line - b.finding.line,
    );
}

/** What is said of a file as a whole stands at its first character, whatever that is. */
function isOfFile({ line, column, endLine, endColumn }: Finding): boolean {
  return line === 1 && column === 1 && endLine === 1 && endColumn === 1;
}

/** How many findings block. */
export function blocking(findings: readonly Placed[]): number {
  return findings.filter(({ finding }) => finding.level === 'error').length;
}

function textOf(review: DatabaseReview, file: string): string {
  return review.migrations.find((migration) => migration.file === file)?.sql ?? '';
}

function suggestionFor(finding: Finding, lines: readonly string[]): string | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  if (finding.fix === undefined || first === undefined || last === undefined) return undefined;
  return `${first.slice(0, finding.column - 1)}${finding.fix.replacement}${last.slice(finding.endColumn - 1).replace(/\r$/, '')}`;
}

function rank({ level }: Finding): number {
  return { error: 0, warning: 1, notice: 2 }[level];
}
