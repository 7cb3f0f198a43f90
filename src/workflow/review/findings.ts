import type { ChangedFile } from '../../github/port.ts';
import type { Finding } from '../../sql/finding.ts';
import type { Migration } from '../../sql/history/history.ts';
import type { DatabaseReview } from '../observed.ts';
import { fileSpot, type Spot, spotOf } from './hunks.ts';
import { type Identity, keyOfIdentity, nameWithoutVersion, normalized } from './identity.ts';
import { suggestionFor } from './suggestion.ts';

/** A finding with what is needed to speak about it on a pull request. */
export interface Placed {
  readonly finding: Finding;
  /** The name of the database that its file is a migration of. */
  readonly database: string;
  /** Stays the same while the problem does: rule, object and statement, not the line. */
  readonly key: string;
  readonly identity: Identity;
  readonly spot: Spot;
  /** Whole lines that may stand in place of the commented ones. */
  readonly suggestion?: string;
}

/** A finding that the author of the file ignored in the file, with the reason. */
export interface Silenced {
  readonly finding: Finding;
  readonly identity: Identity;
  readonly reason: string;
}

/** All findings of a pull request, the gravest first, then by place. */
export function placedFindings(reviews: readonly DatabaseReview[], files: readonly ChangedFile[]): readonly Placed[] {
  const changed = new Map(files.map((file) => [file.path, file]));
  const seen = new Map<string, number>();
  const placed = reviews.flatMap(({ database, lint, objects, migrations }) => {
    const linesOf = linesIn(migrations);
    return lint.findings.map((finding): Placed => {
      const { file, line, endLine } = finding;
      const lines = linesOf(finding);
      const identity = identityOf(finding, lines, objects);
      const place = spotOf(changed.get(file), line, endLine);
      const spot = place.kind === 'none' && isOfFile(finding) ? fileSpot(changed.get(file)) : place;
      const suggestion = spot.kind === 'lines' && spot.whole ? suggestionFor(finding, lines) : undefined;
      return {
        finding,
        database: database.name,
        key: unique(keyOfIdentity(identity)),
        identity,
        spot,
        ...(suggestion === undefined ? {} : { suggestion }),
      };
    });
  });
  return onePerLine(placed.toSorted(gravest));

  /** The same statement can stand there twice. */
  function unique(base: string): string {
    const nth = (seen.get(base) ?? 0) + 1;
    seen.set(base, nth);
    return nth === 1 ? base : `${base}.${nth}`;
  }
}

/** What was ignored in the files themselves. */
export function silenced(
  { lint, objects }: Pick<DatabaseReview, 'lint' | 'objects'>,
  migrations: readonly Migration[],
): readonly Silenced[] {
  const linesOf = linesIn(migrations);
  return lint.suppressed.map(({ finding, reason }) => ({
    finding,
    identity: identityOf(finding, linesOf(finding), objects),
    reason,
  }));
}

/** The lines that a finding touches. */
function linesIn(migrations: readonly Migration[]): (finding: Finding) => readonly string[] {
  const texts = new Map(migrations.map(({ file, sql }) => [file, sql.split('\n')]));
  return ({ file, line, endLine }) => texts.get(file)?.slice(line - 1, endLine) ?? [];
}

function identityOf(finding: Finding, lines: readonly string[], objects: DatabaseReview['objects']): Identity {
  return {
    rule: finding.rule,
    object: objects.get(finding) ?? '',
    about: isOfFile(finding) ? nameWithoutVersion(finding.file) : normalized(spanOf(finding, lines)),
  };
}

/** What is said of a file as a whole stands at its first character, whatever that is. */
function isOfFile({ line, column, endLine, endColumn }: Finding): boolean {
  return line === 1 && column === 1 && endLine === 1 && endColumn === 1;
}

/** The text of a finding's own place; `lines` are the lines that it touches. */
function spanOf({ line, column, endLine, endColumn }: Finding, lines: readonly string[]): string {
  const last = endLine - line;
  return lines
    .map((text, index) => text.slice(index === 0 ? column - 1 : 0, index === last ? endColumn - 1 : undefined))
    .join('\n');
}

/** GitHub applies at most one suggestion of a batch to a line (manual, "Incorporating feedback in your pull request"). */
function onePerLine(placed: readonly Placed[]): readonly Placed[] {
  const taken = new Map<string, { readonly line: number; readonly endLine: number }[]>();
  return placed.map((each) => {
    const { finding, suggestion, ...rest } = each;
    if (suggestion === undefined) return each;
    const others = taken.get(finding.file) ?? [];
    if (others.some(({ line, endLine }) => line <= finding.endLine && finding.line <= endLine))
      return { finding, ...rest };
    taken.set(finding.file, [...others, finding]);
    return each;
  });
}

const rank = { error: 0, warning: 1, notice: 2 } as const;

function gravest({ finding: a }: Placed, { finding: b }: Placed): number {
  return rank[a.level] - rank[b.level] || compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
