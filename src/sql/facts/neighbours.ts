import type { LintFile } from '../lint/files.ts';

/** What the files of a run say of each other, worked out once a run: asking every file about every other costs square time. */
export interface Neighbours {
  /** The first file of the same history and version. */
  readonly firstOf: (file: LintFile) => LintFile | undefined;
  /** How many files of the same history have a version, and how many of those a way back. */
  readonly counts: (file: LintFile) => { readonly versioned: number; readonly reversible: number };
}

const known = new WeakMap<readonly LintFile[], Neighbours>();

/** The neighbours within a list of files. */
export function neighboursIn(files: readonly LintFile[]): Neighbours {
  const found = known.get(files);
  if (found !== undefined) return found;

  const first = new Map<string, LintFile>();
  const counts = new Map<string | undefined, { versioned: number; reversible: number }>();
  for (const file of files) {
    if (file.version === undefined || file.version === '') continue;
    const key = keyOf(file);
    if (!first.has(key)) first.set(key, file);
    const history = file.history?.name;
    const count = counts.get(history) ?? { versioned: 0, reversible: 0 };
    count.versioned += 1;
    if (file.down !== undefined) count.reversible += 1;
    counts.set(history, count);
  }
  const neighbours: Neighbours = {
    firstOf: (file) => first.get(keyOf(file)),
    counts: (file) => counts.get(file.history?.name) ?? { versioned: 0, reversible: 0 },
  };
  known.set(files, neighbours);
  return neighbours;
}

function keyOf({ history, version = '' }: LintFile): string {
  return `${history?.name ?? ''}\n${normalVersion(version)}`;
}

/** A version as its number counts: `007` is `7`, and `1.0` is `1`. */
export function normalVersion(version: string): string {
  return version.replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '')).replace(/(?:\.0)+$/, '');
}
