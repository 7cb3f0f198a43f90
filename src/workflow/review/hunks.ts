import type { ChangedFile } from '../../github/port.ts';

/** Lines of the new side that a review may comment on, told apart by hunk: a range has to stay inside one. */
export interface Hunk {
  readonly first: number;
  readonly last: number;
}

/** Where GitHub accepts a comment about some lines of a file. */
export type Spot =
  /** On lines of one hunk; `whole`: on exactly the lines that are spoken of. */
  | { readonly kind: 'lines'; readonly first: number; readonly last: number; readonly whole: boolean }
  /** On the file: it is spoken of as a whole, or GitHub shows no hunks of it because they are too large. */
  | { readonly kind: 'file' }
  /** Nowhere: the lines are not part of what the pull request changes. */
  | { readonly kind: 'none' };

/**
 * The hunks of a file's `patch` as GitHub gives it, by the lines of the new side. GitHub refuses a whole review when one
 * comment names a line outside of them (REST reference, "Create a review for a pull request").
 */
export function hunksOf(patch: string | undefined): readonly Hunk[] {
  const headers = (patch ?? '').matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm);
  return [...headers].flatMap(([, start = '0', length = '1']) => {
    const lines = Number(length);
    return lines === 0 ? [] : [{ first: Number(start), last: Number(start) + lines - 1 }];
  });
}

/**
 * The best spot for lines `first` to `last` of a file's new side. A range that goes beyond a hunk is cut to it: of several
 * hunks, to the one that holds its first line, else to the first that it meets.
 */
export function spotOf(file: ChangedFile | undefined, first: number, last: number): Spot {
  if (file === undefined || file.status === 'removed') return { kind: 'none' };
  if (file.patch === undefined) return file.changes > 0 ? { kind: 'file' } : { kind: 'none' };
  const met = hunksOf(file.patch).filter((hunk) => hunk.first <= last && first <= hunk.last);
  const hunk = met.find((each) => each.first <= first && first <= each.last) ?? met[0];
  if (hunk === undefined) return { kind: 'none' };
  const cut = { first: Math.max(first, hunk.first), last: Math.min(last, hunk.last) };
  return { kind: 'lines', ...cut, whole: cut.first === first && cut.last === last };
}

/** The spot for what is said of a file as a whole. */
export function fileSpot(file: ChangedFile | undefined): Spot {
  return file === undefined || file.status === 'removed' ? { kind: 'none' } : { kind: 'file' };
}
