import { matches } from '../../facts/patterns.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropName = defineRule({
  id: 'drop-name',
  level: 'error',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A table is dropped that was not renamed first as the option `table` asks',
  effect: 'Nobody has seen whether anything still used it, and there is no way back',
  remedy: 'Rename the table in one release, and drop it under that name when nothing has failed for a while',
  source: 'The options of this rule',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE drafts (id bigint PRIMARY KEY); CREATE TABLE drafts_del (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nDROP TABLE drafts;",
      good: { none: 'dropping a table destroys its rows, whatever it is called' },
    },
  ],
  on: ['drop-table'],
  options: { table: '_(?:del|deleted|old)$' },
  patterns: ['table'],
  optionDocs: { table: 'regular expression for the names of tables that may be dropped' },

  check({ table }, { isNew, options }) {
    if (isNew(table) || matches(options.table, table.name)) return undefined;
    return `\`${display(table)}\` was not renamed before it is dropped.`;
  },
});
