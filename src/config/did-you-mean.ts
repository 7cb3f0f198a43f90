import { editDistance } from '../kernel/edit-distance.ts';

/** The word of a list that was probably meant, or `undefined` when none is close: at most a third of its letters differ. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(normal(word), normal(candidate));
    if (distance <= Math.max(1, candidate.length / 3) && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** `signOff`, `sign_off` and `sign-off` are one word to a person. */
function normal(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, '');
}
