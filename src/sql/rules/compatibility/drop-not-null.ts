import { columnOf, tableOf } from '../../catalog.ts';
import { comesBack } from '../../facts/comes-back.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropNotNull = defineRule({
  id: 'drop-not-null',
  level: 'warning',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'A required column of a table that already exists may be empty from here on',
  effect: 'Code that reads it gets NULL where it has never met one, and may fail or count wrongly',
  remedy: 'Release code that can read NULL first, and only then let it be written',
  source: 'PostgreSQL manual, ALTER TABLE, DROP NOT NULL',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note DROP NOT NULL;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note SET DEFAULT '';",
    },
  ],
  on: ['drop-not-null'],

  check(change, context) {
    const { table, column } = change;
    if (concernsNobody(change, context) || comesBack(change, context)) return undefined;
    const known = tableOf(context.before, table);
    if (known !== undefined && columnOf(known, column)?.nullable === true) return undefined;
    return `\`${column}\` of \`${display(table)}\` may be NULL from here on, which code that reads it has never met.`;
  },
});
