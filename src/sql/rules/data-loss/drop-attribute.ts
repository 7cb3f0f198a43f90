import { mayHoldRows } from '../../facts/rows.ts';
import { usesOfType } from '../../facts/type-uses.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropAttribute = defineRule({
  id: 'drop-attribute',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql'],
  when: 'An attribute of a composite type that tables use is dropped',
  effect: 'Its values are gone in every column of the type, and code that still names it fails',
  remedy: 'Release code that does not use the attribute first, keep a copy of its values, and have the drop approved',
  source: 'PostgreSQL manual, ALTER TYPE, DROP ATTRIBUTE',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TYPE size AS (width integer, height integer); CREATE TABLE boxes (id bigint PRIMARY KEY, size size);',
      bad: 'ALTER TYPE size DROP ATTRIBUTE height;',
      good: {
        none: 'dropping an attribute destroys its values however it is written; an approval is given with an ignore comment',
      },
    },
  ],
  on: ['alter-composite'],

  check({ type, action, attribute }, context) {
    if (action !== 'drop' || context.isNew(type)) return undefined;
    const what = `Dropping \`${attribute}\` of \`${display(type)}\` destroys its values`;
    if (!context.before.composites.has(keyOf(type)))
      return { message: `${what} in every column of the type.`, level: 'warning' };
    const uses = usesOfType(type, context.before).filter(({ table }) => mayHoldRows(table.name, context));
    if (uses.length === 0) return undefined;
    const columns = uses.map(({ table, column }) => `\`${display(table.name)}.${column.name}\``).join(', ');
    return `${what} in ${columns}, and code that still names it fails.`;
  },
});
