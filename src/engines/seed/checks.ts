import type { Allowed } from './values.ts';

/** A number as `pg_get_constraintdef` writes it: `100`, `(10)::numeric`, `'-1'::integer`. */
const number = String.raw`\(*'?(-?\d+(?:\.\d+)?)`;
const bound = new RegExp(String.raw`([<>]=?)\s*${number}`, 'g');
const day = /([<>]=?)\s*\(*'(\d{4}-\d{2}-\d{2})/g;
const list = /ANY \(+ARRAY\[([^\]]*)\]/g;

/** `length(a) < 40`, `char_length(rtrim((a)::text, ' '::text)) <= 10`. */
const longest = new RegExp(String.raw`length\(.*?\)\s*(<=?|=)\s*${number}`, 'g');

/** Guesses from the text of check constraints which values they allow. A wrong guess costs a try. */
export function allowedBy(checks: string): Allowed {
  const literals = [...checks.matchAll(/'((?:[^']|'')*)'/g)].map(([, text]) => (text ?? '').replaceAll("''", "'"));
  const listed = [...checks.matchAll(list)].flatMap(([, items = '']) => [...items.matchAll(new RegExp(number, 'g'))]);
  const above: number[] = [];
  const below: number[] = [];
  for (const [, operator, digits] of checks.matchAll(bound)) {
    const value = Number(digits);
    // Exclusive on both sides: one step further where the bound itself is allowed.
    if (operator === '>' || operator === '>=') above.push(operator === '>' ? value : value - 1);
    else below.push(operator === '<' ? value : value + 1);
  }
  const days = [...checks.matchAll(day)].map(([, operator = '', text = '']) => ({ operator, time: Date.parse(text) }));
  const since = days.filter(({ operator }) => operator.startsWith('>')).map(({ time }) => time);
  const until = days.filter(({ operator }) => operator.startsWith('<')).map(({ time }) => time);
  const lengths = [...checks.matchAll(longest)].map(
    ([, operator, digits]) => Number(digits) - (operator === '<' ? 1 : 0),
  );
  return {
    texts: [...new Set(literals.filter((text) => text.trim() !== '' && !/[\^$*\\[%]/.test(text)))],
    numbers: listed.map(([, digits]) => Number(digits)),
    above: above.length === 0 ? undefined : Math.max(...above),
    below: below.length === 0 ? undefined : Math.min(...below),
    since: since.length === 0 ? undefined : Math.max(...since),
    until: until.length === 0 ? undefined : Math.min(...until),
    length: lengths.length === 0 ? undefined : Math.min(...lengths),
  };
}
