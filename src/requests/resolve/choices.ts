import { similarTo } from '../names/similar.ts';

/** Why an answer cannot be used. */
export interface Refused {
  readonly refused: string;
}

/** A usable answer among the choices: the choice itself, its letter, or an unmistakable beginning of it. */
export function chosen(answer: string, choices: readonly string[]): number | undefined {
  const text = answer
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '');
  const exact = choices.findIndex((choice) => choice.toLowerCase() === text);
  if (exact !== -1) return exact;
  const letter = /^\(?([a-z])\)?$/.exec(text)?.[1];
  if (letter !== undefined && letter.charCodeAt(0) - 97 < choices.length) return letter.charCodeAt(0) - 97;
  const number = /^\(?(\d{1,2})\)?$/.exec(text)?.[1];
  const numeric = choices.some((choice) => /^-?\d/.test(choice));
  if (number !== undefined && !numeric && Number(number) >= 1 && Number(number) <= choices.length)
    return Number(number) - 1;
  const fitting = choices.flatMap((choice, at) => (startsWith(choice.toLowerCase(), text) ? [at] : []));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** "yes" begins "Yes, and ..." but "int" does not begin "integer": a word must not go on. */
function startsWith(choice: string, text: string): boolean {
  return text.length > 0 && choice.startsWith(text) && !/[\p{L}\p{N}_]/u.test(choice[text.length] ?? '');
}

/** Reads an answer that must be one of the choices. */
export function oneOf(choices: readonly string[]): (answer: string) => number | Refused {
  return (answer) => {
    const [first = ''] = /^\s*(?:[\p{L}\p{N}']{2,}|\(?[a-z0-9][).:])/iu.exec(answer) ?? [];
    const at = chosen(answer, choices) ?? chosen(first.replace(/[:.]$/, ''), choices);
    return at ?? { refused: `it is none of ${choices.map((choice) => `“${choice}”`).join(', ')}` };
  };
}

/** Reads an answer that must be one of the names, loosely written. */
export function oneName(names: readonly string[]): (answer: string) => string | Refused {
  return (answer) => {
    const bare = answer.trim().replace(/^[`"']|[`"'.]+$/g, '');
    const at = chosen(bare, names);
    if (at !== undefined) return names[at] as string;
    const near = similarTo(bare, names, 1);
    return {
      refused: `there is no ${bare === '' ? 'such name' : `\`${bare}\``}${near.length > 0 ? `, but \`${near[0]}\`` : ''}`,
    };
  };
}
