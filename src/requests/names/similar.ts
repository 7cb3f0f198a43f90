import { singularName } from '../text/inflection.ts';
import { snakeCase } from './normal.ts';

const longest = 64;

/**
 * How many insertions, removals, replacements and swaps of neighbours turn one text into the other (Damerau 1964, in the
 * "optimal string alignment" form). Only the first 64 characters count: no engine keeps longer names.
 */
export function distance(left: string, right: string): number {
  const a = left.slice(0, longest);
  const b = right.slice(0, longest);
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, (older[column - 2] as number) + 1);
      }
      current.push(least);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length] as number;
}

/** Those names that the wanted one may have meant, likeliest first: near in spelling, or sharing a word. */
export function similarTo(wanted: string, names: readonly string[], limit = 3): readonly string[] {
  const goal = snakeCase(wanted);
  const words = new Set(wordsIn(goal));
  return names
    .map((name) => ({ name, score: scoreOf(goal, words, snakeCase(name.slice(name.lastIndexOf('.') + 1))) }))
    .filter(({ score }) => score !== undefined)
    .toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Edits needed, or a rank behind every near spelling when only a word is shared; absent when nothing is alike. */
function scoreOf(goal: string, words: ReadonlySet<string>, name: string): number | undefined {
  const edits = distance(goal, name);
  if (edits <= Math.max(1, Math.floor(Math.max(goal.length, name.length) / 3))) return edits;
  const shared = wordsIn(name).filter((word) => words.has(word)).length;
  return shared === 0 ? undefined : longest + edits - shared;
}

function wordsIn(name: string): readonly string[] {
  return name
    .split('_')
    .map(singularName)
    .filter((word) => word.length > 2);
}
