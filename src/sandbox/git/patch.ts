import { structuredPatch } from 'diff';

/** Beyond these a file is shown without its patch (GITHUB.md section 7). */
export const patchLimits = { lines: 20_000, bytes: 500_000 } as const;

export interface Patch {
  /** Hunks as GitHub's API shows them, beginning with `@@`; `null` when binary, empty or too large. */
  readonly text: string | null;
  readonly additions: number;
  readonly deletions: number;
  readonly hunks: readonly Hunk[];
}

export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Each begins with a space, `+`, `-` or `\`. */
  readonly lines: readonly string[];
}

/** git calls a file binary when a NUL byte is in its first 8,000 bytes. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

/** Reads bytes as UTF-8, as GitHub does for diffs. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function range(start: number, count: number): string {
  // An empty range names the line before it, and a single line needs no count.
  if (count === 0) return `${start},0`;
  return count === 1 ? String(start) : `${start},${count}`;
}

/** git prints, behind a hunk's `@@`, the nearest line above that looks like the head of a function. */
function heading(oldLines: readonly string[], hunk: Hunk): string {
  for (let at = hunk.oldStart - 2; at >= 0; at -= 1) {
    const line = oldLines[at] ?? '';
    if (/^[A-Za-z_$]/.test(line)) return ` ${line.trimEnd().slice(0, 80)}`;
  }
  return '';
}

/** The patch from one text to another, with three lines of context. */
export function patchOf(before: string, after: string): Patch {
  const { hunks } = structuredPatch('a', 'b', before, after, undefined, undefined, { context: 3 });
  let [additions, deletions] = [0, 0];
  const oldLines = before.split('\n');
  const parts: string[] = [];
  const exact: Hunk[] = [];
  for (const found of hunks) {
    for (const line of found.lines) {
      if (line.startsWith('+')) additions += 1;
      else if (line.startsWith('-')) deletions += 1;
    }
    const hunk: Hunk = {
      oldStart: found.oldLines === 0 ? Math.max(found.oldStart - 1, 0) : found.oldStart,
      oldLines: found.oldLines,
      newStart: found.newLines === 0 ? Math.max(found.newStart - 1, 0) : found.newStart,
      newLines: found.newLines,
      lines: found.lines,
    };
    exact.push(hunk);
    const head = `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`;
    parts.push([head + heading(oldLines, hunk), ...hunk.lines].join('\n'));
  }
  const text = parts.join('\n');
  const tooLarge = additions + deletions > patchLimits.lines || Buffer.byteLength(text) > patchLimits.bytes;
  return { text: text === '' || tooLarge ? null : text, additions, deletions, hunks: exact };
}
