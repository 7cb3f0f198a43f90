import { columnOf, tableOf } from '../../catalog.ts';
import { comesBack } from '../../facts/comes-back.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropDefault = defineRule({
  id: 'drop-default',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'The default of a column of a table that already exists is dropped',
  effect: 'Inserts that leave the column out fail where it is required, and write NULL where it is not',
  remedy: 'Release code that always gives the column a value first, then drop the default',
  source: 'PostgreSQL manual, ALTER TABLE, SET/DROP DEFAULT; MySQL manual, "ALTER TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: "CREATE TABLE orders (id bigint PRIMARY KEY, state text NOT NULL DEFAULT 'new');",
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN state DROP DEFAULT;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open';",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';\nALTER TABLE orders ALTER COLUMN state DROP DEFAULT;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';",
    },
  ],
  on: ['drop-default'],

  check(change, context) {
    const { table, column } = change;
    // A new column does not excuse it: running code does not know the column, and leaves it out.
    if (context.isNew(table) || comesBack(change, context)) return undefined;
    const known = tableOf(context.before, table);
    const facts = known === undefined ? undefined : columnOf(known, column);
    const name = `\`${column}\` of \`${display(table)}\``;
    if (facts === undefined)
      return { message: `Inserts that leave out ${name} no longer get a value for it.`, level: 'warning' };
    if (facts.default === undefined && facts.identity === undefined) return undefined;
    if (!facts.nullable) return `Inserts that leave out the required column ${name} fail from here on.`;
    const isOwn = context.earlier.some(
      (each) => each.kind === 'add-column' && each.column.name === column && keyOf(each.table) === keyOf(table),
    );
    if (isOwn) return undefined;
    return { message: `Inserts that leave out ${name} write NULL from here on.`, level: 'notice' };
  },
});
