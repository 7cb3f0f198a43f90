import { editDistance } from '../../kernel/edit-distance.ts';
import { singularName } from '../text/inflection.ts';
import { snakeCase } from './normal.ts';

/** A rank behind every near spelling. */
const far = 64;

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
  const edits = editDistance(goal, name);
  if (edits <= Math.max(1, Math.floor(Math.max(goal.length, name.length) / 3))) return edits;
  const shared = wordsIn(name).filter((word) => words.has(word)).length;
  return shared === 0 ? undefined : far + edits - shared;
}

function wordsIn(name: string): readonly string[] {
  return name
    .split('_')
    .map(singularName)
    .filter((word) => word.length > 2);
}
