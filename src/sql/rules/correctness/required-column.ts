import { effectiveDefault, underlying } from '../../facts/domains.ts';
import { meetsRows } from '../../facts/new-columns.ts';
import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const requiredColumn = defineRule({
  id: 'required-column',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A NOT NULL column without a default is added to a table that already exists',
  effect:
    'PostgreSQL refuses the statement once the table holds rows (MySQL fills in zeros and empty texts), and older code can no longer insert',
  remedy: 'Add the column as nullable, backfill it, and make it required in a later migration',
  source: 'PostgreSQL manual, ALTER TABLE, ADD COLUMN; MySQL manual, "Data Type Default Values"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY); INSERT INTO orders VALUES (1);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text NOT NULL;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;",
      fails: '23502',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE DOMAIN note AS text NOT NULL; CREATE TABLE orders (id bigint PRIMARY KEY); INSERT INTO orders VALUES (1);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note note;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;",
      fails: '23502',
    },
  ],
  on: ['add-column'],

  check(change, context) {
    const { table, column } = change;
    const isRequired = !column.nullable || !underlying(column.type, context.before).nullable;
    if (!isRequired || column.identity !== undefined || column.generated !== undefined) return undefined;
    if (effectiveDefault(column, context.before) !== undefined) return undefined;
    if (!meetsRows(change, context)) return undefined;
    return `Rows already in ${described(table, context)} would have no value for the required column \`${column.name}\`.`;
  },
});
