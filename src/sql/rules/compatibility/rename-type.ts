import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const renameType = defineRule({
  id: 'rename-type',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'A type or domain that already exists, or an attribute of it, is renamed, or the type moved to another schema',
  effect: 'Casts, functions and drivers that are running still use the old name, and fail from this moment on',
  remedy: 'Make a second type of the new name, move columns and code over to it, and drop the old one later',
  source: 'PostgreSQL manual, ALTER TYPE, ALTER DOMAIN',
  examples: [
    {
      engine: 'postgresql',
      given: "CREATE TYPE mood AS ENUM ('sad', 'ok');",
      bad: 'ALTER TYPE mood RENAME TO feeling;',
      good: "CREATE TYPE feeling AS ENUM ('sad', 'ok');",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TYPE size AS (width integer);',
      bad: 'ALTER TYPE size RENAME ATTRIBUTE width TO breadth;',
      good: 'ALTER TYPE size ADD ATTRIBUTE breadth integer;',
    },
  ],
  on: ['rename-type', 'set-type-schema', 'alter-composite'],

  check(change, { isNew }) {
    if (isNew(change.type)) return undefined;
    const type = `\`${display(change.type)}\``;
    const until = 'while running code still uses the old name';
    switch (change.kind) {
      case 'rename-type':
        return `${type} is renamed to \`${change.to}\` ${until}.`;
      case 'set-type-schema':
        return `${type} moves to \`${display({ ...change.type, schema: change.to })}\` ${until}.`;
      case 'alter-composite':
        if (change.action !== 'rename') return undefined;
        return `\`${change.attribute}\` of ${type} is renamed to \`${change.to}\` ${until}.`;
    }
  },
});
