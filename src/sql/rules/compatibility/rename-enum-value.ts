import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const renameEnumValue = defineRule({
  id: 'rename-enum-value',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'A value of an enum that already exists is renamed',
  effect: 'Code that is running still writes and compares with the old word, and fails from this moment on',
  remedy: 'Add the new value, let the code read both, move the rows over in batches, and leave the old value unused',
  source: 'PostgreSQL manual, ALTER TYPE, RENAME VALUE',
  examples: [
    {
      engine: 'postgresql',
      given: "CREATE TYPE mood AS ENUM ('sad', 'ok');",
      bad: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';",
      good: "ALTER TYPE mood ADD VALUE 'fine';",
    },
  ],
  on: ['rename-enum-value'],

  check({ type, value, to }, { isNew, earlier }) {
    const isOwn = earlier.some(
      (each) => each.kind === 'add-enum-value' && each.value === value && keyOf(each.type) === keyOf(type),
    );
    if (isNew(type) || isOwn) return undefined;
    return `\`${value}\` of \`${display(type)}\` becomes \`${to}\` while running code still uses the old value.`;
  },
});
