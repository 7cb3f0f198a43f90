/** Lines of the new side that a review may comment on, told apart by hunk: a range has to stay inside one. */
export interface Hunk {
  readonly first: number;
  readonly last: number;
}

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

/** Whether the whole range lies in one hunk. */
export function isCommentable(hunks: readonly Hunk[], first: number, last: number): boolean {
  return hunks.some((hunk) => hunk.first <= first && last <= hunk.last);
}
