import { isWholeStatement } from '../../facts/replacements.ts';
import { display, keyOf } from '../../name.ts';
import { quoteLiteral } from '../../quote.ts';
import { defineRule } from '../../rule.ts';

export const enumValuePosition = defineRule({
  id: 'enum-value-position',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A value is added to an enum without BEFORE or AFTER',
  effect: 'It sorts behind all others, whether it belongs there or not, and the order can never be changed',
  remedy: 'Say where the value belongs with BEFORE or AFTER',
  source: 'PostgreSQL manual, ALTER TYPE, ADD VALUE; "Enumerated Types", Ordering',
  optIn: true,
  examples: [
    {
      engine: 'postgresql',
      given: "CREATE TYPE mood AS ENUM ('sad', 'ok');",
      bad: "ALTER TYPE mood ADD VALUE 'happy';",
      good: "ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';",
    },
  ],
  on: ['add-enum-value'],

  check(change, context) {
    const { type, value, before: next, after } = change;
    if (next !== undefined || after !== undefined) return undefined;
    const message = `Nothing says where \`${value}\` stands among the values of \`${display(type)}\`, so it comes last.`;
    const values = context.before.enums.get(keyOf(type)) ?? [];
    const last = values.at(-1);
    if (last === undefined || values.includes(value) || !isWholeStatement(change, context)) return message;
    const replacement = `${context.statement} AFTER ${quoteLiteral(last)}`;
    return { message, fix: { description: 'Say that it comes last', replacement } };
  },
});
