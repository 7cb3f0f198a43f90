import { usesOfType } from '../../facts/type-uses.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const compositeTypeChange = defineRule({
  id: 'composite-type-change',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'An attribute of a composite type that tables have columns of gets another type',
  effect: 'PostgreSQL refuses the statement, because it does not rewrite values that are stored within a column',
  remedy: 'Make a new composite type, add a column of it, fill it in batches, and switch over',
  source: 'PostgreSQL source, find_composite_type_dependencies; manual, ALTER TYPE',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TYPE size AS (width integer, height integer); CREATE TABLE boxes (id bigint PRIMARY KEY, size size);',
      bad: 'ALTER TYPE size ALTER ATTRIBUTE width TYPE bigint;',
      good: 'CREATE TYPE large_size AS (width bigint, height bigint);',
      fails: '0A000',
    },
  ],
  on: ['alter-composite'],

  check({ type, action, attribute }, { before }) {
    if (action !== 'change-type') return undefined;
    const what = `PostgreSQL refuses to change \`${attribute}\` of \`${display(type)}\``;
    if (!before.composites.has(keyOf(type)))
      return { message: `${what} as soon as a table has a column of the type.`, level: 'warning' };
    const [use] = usesOfType(type, before);
    if (use === undefined) return undefined;
    return `${what}, because \`${display(use.table.name)}.${use.column.name}\` holds values of the type.`;
  },
});
