import { tableOf } from '../../catalog.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const maxColumns = defineRule({
  id: 'max-columns',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A table gets more columns than the option `columns` allows',
  effect: 'Rows become wide, so that every read and every new version of a row moves more than it needs',
  remedy: 'Part the table by what is read together, or by how often it changes',
  source: 'PostgreSQL manual, "PostgreSQL Limits", for the hard limit of 1600',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE wide (id bigint PRIMARY KEY, a1 int, a2 int, a3 int, a4 int, a5 int, a6 int, a7 int, a8 int, a9 int, b1 int, b2 int, b3 int, b4 int, b5 int, b6 int, b7 int, b8 int, b9 int, c1 int, c2 int, c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int, d1 int, d2 int, d3 int, d4 int, d5 int, d6 int, d7 int, d8 int, d9 int, e1 int, e2 int, e3 int);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE wide ADD COLUMN e4 integer;",
      good: 'CREATE TABLE more (id bigint PRIMARY KEY, e4 integer);',
    },
  ],
  on: ['create-table', 'add-column'],
  options: { columns: 40 },
  optionDocs: { columns: 'the most columns that a table may have' },

  check(change, { before, options }) {
    const count =
      change.kind === 'create-table' ? change.columns.length : (tableOf(before, change.table)?.columns.length ?? 0) + 1;
    if (count <= options.columns) return undefined;
    return `\`${display(change.table)}\` gets ${count} columns, and ${options.columns} are allowed.`;
  },
});
