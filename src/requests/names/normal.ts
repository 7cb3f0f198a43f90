import { singularName } from '../text/inflection.ts';

/** A name as a column or table would be called: `Phone number` and `phoneNumber` give `phone_number`. */
export function snakeCase(text: string): string {
  return text
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_$]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** How alike two names are meant to be, from strict to loose; the first form in which they agree decides. */
export const forms: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => snakeCase(name),
  (name) => snakeCase(name).replaceAll('_', ''),
  (name) => singularName(snakeCase(name)).replaceAll('_', ''),
];
