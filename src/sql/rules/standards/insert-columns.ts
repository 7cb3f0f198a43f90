import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const insertColumns = defineRule({
  id: 'insert-columns',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'An INSERT does not name its columns',
  effect: 'It depends on the order of the columns, and fails or mixes up values once that differs between databases',
  remedy: 'Name the columns: `INSERT INTO orders (id, state) VALUES ...`',
  source: 'PostgreSQL manual, "Inserting Data"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE states (code text PRIMARY KEY, label text);',
      bad: "INSERT INTO states VALUES ('open', 'Open');",
      good: "INSERT INTO states (code, label) VALUES ('open', 'Open');",
    },
  ],
  on: ['write-data'],
  inRoutines: true,

  check({ verb, table, columns, values, sources }) {
    if (verb !== 'insert' || columns !== undefined || (values === undefined && sources === undefined)) return undefined;
    return `The values for \`${display(table)}\` go by the order of its columns.`;
  },
});
