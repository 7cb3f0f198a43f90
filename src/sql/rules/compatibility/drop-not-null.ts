import { columnOf, type Table, tableOf } from '../../catalog.ts';
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
    {
      engine: 'postgresql',
      engineVersion: '18',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text CONSTRAINT noted NOT NULL);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders DROP CONSTRAINT noted;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders RENAME CONSTRAINT noted TO note_is_there;",
    },
  ],
  on: ['drop-not-null', 'drop-constraint'],

  check(change, context) {
    const { table } = change;
    const known = tableOf(context.before, table);
    const column = change.kind === 'drop-not-null' ? change.column : requiredBy(known, change.name);
    if (column === undefined || concernsNobody(change, context) || comesBack(change, context)) return undefined;
    if (known !== undefined && columnOf(known, column)?.nullable === true) return undefined;
    return `\`${column}\` of \`${display(table)}\` may be NULL from here on, which code that reads it has never met.`;
  },
});

/** The column that a NOT NULL constraint of that name is about. */
function requiredBy(table: Table | undefined, name: string): string | undefined {
  const constraint = table?.constraints.find((each) => each.name === name);
  return constraint?.kind === 'not-null' ? constraint.column : undefined;
}
