import type { FileDiff } from '../git/compare.ts';
import type { Side } from '../state/pull.ts';

/** Where in a file's patch a line stands. */
export interface Spot {
  /** Lines below the first `@@`. */
  readonly position: number;
  /** Number of the hunk, from 0. */
  readonly hunk: number;
  /** The hunk's header and its lines down to this one, as review comments quote it. */
  readonly quote: string;
}

/** Finds a line of the old (LEFT) or new (RIGHT) file in a patch; `null` when it is no part of the diff. */
export function locate(file: FileDiff, side: Side, line: number): Spot | null {
  if (file.patch === null) return null;
  let [position, hunk, oldLine, newLine] = [-1, -1, 0, 0];
  let quote: string[] = [];
  for (const text of file.patch.split('\n')) {
    position += 1;
    const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (head) {
      hunk += 1;
      [oldLine, newLine] = [Number(head[1]), Number(head[2])];
      quote = [text];
      continue;
    }
    quote.push(text);
    const sign = text[0];
    const [inOld, inNew] = [sign !== '+' && sign !== '\\', sign !== '-' && sign !== '\\'];
    const here = side === 'RIGHT' ? inNew && newLine === line : inOld && oldLine === line;
    if (here) return { position, hunk, quote: quote.join('\n') };
    if (inOld) oldLine += 1;
    if (inNew) newLine += 1;
  }
  return null;
}

/** The line and side at a position of a patch, for callers that still count that way. */
export function atPosition(file: FileDiff, wanted: number): { readonly side: Side; readonly line: number } | null {
  if (file.patch === null) return null;
  let [oldLine, newLine] = [0, 0];
  for (const [position, text] of file.patch.split('\n').entries()) {
    const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (head) {
      [oldLine, newLine] = [Number(head[1]), Number(head[2])];
      if (position === wanted) return null;
      continue;
    }
    if (position === wanted)
      return text[0] === '-' ? { side: 'LEFT', line: oldLine } : { side: 'RIGHT', line: newLine };
    if (text[0] !== '+' && text[0] !== '\\') oldLine += 1;
    if (text[0] !== '-' && text[0] !== '\\') newLine += 1;
  }
  return null;
}
