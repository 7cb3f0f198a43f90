import { tableAtEnd } from '../../facts/at-end.ts';
import { changesOf } from '../../facts/changes.ts';
import { display } from '../../name.ts';
import { defineFileRule } from '../../rule.ts';

export const requiredColumns = defineFileRule({
  id: 'required-columns',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A table is made without one of the columns that every table is to have',
  effect: 'Tools and queries that rely on these columns do not work for it',
  remedy: 'Add the columns while the table is new',
  source: 'The options of this rule',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());',
    },
  ],
  options: { columns: ['created_at', 'updated_at'] as readonly string[] },
  optionDocs: { columns: 'the names of the columns' },

  checkFile(context) {
    const { script, options } = context;
    return changesOf(script, ['create-table']).flatMap((change) => {
      const table = change.temporary ? undefined : tableAtEnd(context, change, change.table);
      if (table === undefined || table.open || table.partitionOf !== undefined) return [];
      const has = new Set(table.columns.map(({ name }) => name));
      const missing = options.columns.filter((name) => !has.has(name));
      if (missing.length === 0) return [];
      const names = missing.map((name) => `\`${name}\``).join(', ');
      return [{ message: `\`${display(change.table)}\` lacks ${names}.`, span: change.span }];
    });
  },
});
