import { type Finding, type LintReport, levels } from '../finding.ts';
import { applyEdits, disjoint } from './edits.ts';

export interface FixOutcome<Report> {
  /** What was said of the texts as they are now. */
  readonly report: Report;
  /** Every text by its file, as it is now. */
  readonly texts: ReadonlyMap<string, string>;
  /** What was fixed, in the order in which it was, at the place where it stood then. */
  readonly applied: readonly Finding[];
  /** Fixes that would have led to something new, and were not made. */
  readonly refused: readonly Finding[];
}

type Judged = Pick<LintReport, 'findings' | 'errors'>;

interface Attempt {
  readonly file: string;
  readonly text: string;
  readonly made: readonly Finding[];
}

/** Enough for any statement that a person writes; a text that is never done is left as it is then. */
const maximumRounds = 40;

/**
 * Makes the fixes of a report on the given texts until none is left: in each round at most one of a statement, then `judge` reads the texts
 * again. A text in which something is not understood is left alone. A round that brings a finding of a rule that was silent,
 * or an error, is taken back for that text and tried with half of its fixes, down to one.
 */
export async function fixAll<Report extends Judged>(
  given: ReadonlyMap<string, string>,
  report: Report,
  judge: (texts: ReadonlyMap<string, string>) => Promise<Report>,
): Promise<FixOutcome<Report>> {
  const texts = new Map(given);
  const limits = new Map<string, number>();
  const refused = new Map<string, Finding>();
  const applied: Finding[] = [];
  let state = report;
  for (let round = 0; round < maximumRounds; round++) {
    const attempts = attemptsOf(texts, state, limits, refused);
    if (attempts.length === 0) break;
    let next = await judge(new Map([...texts, ...attempts.map(({ file, text }) => [file, text] as const)]));
    const [good, bad] = parted(attempts, (attempt) => !isWorse(attempt, state, next));
    for (const { file, made } of bad) {
      limits.set(file, Math.floor(made.length / 2));
      const [only] = made;
      if (only !== undefined && made.length === 1) {
        refused.set(identityOf(only), only);
        limits.delete(file);
      }
    }
    for (const { file, text, made } of good) {
      texts.set(file, text);
      limits.delete(file);
      applied.push(...made);
    }
    if (bad.length > 0) next = good.length > 0 ? await judge(texts) : state;
    state = next;
  }
  return { report: state, texts, applied, refused: [...refused.values()] };
}

function attemptsOf(
  texts: ReadonlyMap<string, string>,
  { findings, errors }: Judged,
  limits: ReadonlyMap<string, number>,
  refused: ReadonlyMap<string, Finding>,
): readonly Attempt[] {
  const unread = new Set(errors.map(({ file }) => file));
  const fixable = findings
    .filter((finding) => finding.fix !== undefined && !unread.has(finding.file) && !refused.has(identityOf(finding)))
    .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  return [...Map.groupBy(fixable, ({ file }) => file)].flatMap(([file, own]) => {
    const text = texts.get(file);
    if (text === undefined) return [];
    const made = disjoint(own).slice(0, limits.get(file));
    const edits = made.map((finding) => ({ ...finding, replacement: finding.fix?.replacement ?? '' }));
    const fixed = applyEdits(text, edits);
    return fixed === text ? [] : [{ file, text: fixed, made }];
  });
}

/** Whether a file has got an error, a finding of a rule that was silent, or still has what was to be fixed. */
function isWorse({ file, made }: Attempt, before: Judged, after: Judged): boolean {
  if (after.errors.some((error) => error.file === file)) return true;
  const [had, has] = [tally(file, before), tally(file, after)];
  if ([...has.rules].some((rule) => !had.rules.has(rule))) return true;
  return made.some((finding) => {
    const identity = identityOf(finding);
    return (has.said.get(identity) ?? 0) >= (had.said.get(identity) ?? 0);
  });
}

/** The rules that speak of a file, and how often each thing is said. */
function tally(file: string, { findings }: Judged) {
  const own = findings.filter((finding) => finding.file === file);
  const said = new Map<string, number>();
  for (const identity of own.map(identityOf)) said.set(identity, (said.get(identity) ?? 0) + 1);
  return { rules: new Set(own.map(({ rule }) => rule)), said };
}

/** A finding by what it says: its place moves as the text before it changes. */
function identityOf({ file, rule, message }: Finding): string {
  return JSON.stringify([file, rule, message]);
}

function parted<T>(all: readonly T[], isFirst: (each: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
