import { chosen, type Refused } from '../choices.ts';

/** What became of something that the text leaves out. */
export type Became = { readonly to: string } | 'goes' | 'stays';

/** The choices where something may have one of the names: it has, or it goes, or it stays. */
export function becameChoices(names: readonly string[], goes: string, stays?: string): readonly string[] {
  return [...names.map((to) => `Renamed to \`${to}\``), goes, ...(stays === undefined ? [] : [stays])];
}

/** Reads an answer to such a choice; a name alone is an answer too. */
export function readBecame(names: readonly string[], choices: readonly string[]): (answer: string) => Became | Refused {
  return (answer) => {
    const at = chosen(answer, choices);
    const picked = at === undefined ? undefined : names[at];
    if (picked !== undefined) return { to: picked };
    if (at !== undefined) return at === names.length ? 'goes' : 'stays';
    const words = new Set(answer.match(/[\p{L}\p{N}_$]+/gu) ?? []);
    const [named, other] = names.filter((name) => words.has(name));
    const isNegated = /\b(?:not|no|never|n't)\b/i.test(answer);
    if (named !== undefined && other === undefined && !isNegated) return { to: named };
    if (named === undefined && !isNegated && /^\s*(?:it )?(?:goes|is gone|drop|delete)\b/i.test(answer)) return 'goes';
    if (
      named === undefined &&
      !isNegated &&
      choices.length > names.length + 1 &&
      /^\s*(?:it )?(?:stays|keep)\b/i.test(answer)
    )
      return 'stays';
    return { refused: `it is none of ${choices.map((choice) => `“${choice}”`).join(', ')}` };
  };
}
