import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const requireNotNull = defineRule({
  id: 'require-not-null',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A column of a new table can hold NULL',
  effect: 'Every query has to think of a third answer beside true and false',
  remedy: 'Make the column NOT NULL, with a default where there is a natural one, or name it in the option `except`',
  source:
    'PostgreSQL manual, "Constraints", Not-Null Constraints: in most designs the majority of columns should be not null',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, state text);',
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY, state text NOT NULL);',
    },
  ],
  on: ['create-table'],
  options: { except: ['deleted_at'] as readonly string[] },
  optionDocs: { except: 'names of columns that may hold NULL' },

  check({ table, columns, constraints, temporary }, { options }) {
    if (temporary) return undefined;
    const key = new Set(constraints.flatMap((each) => (each.kind === 'primary-key' ? each.columns : [])));
    const open = columns.filter(({ name, nullable }) => nullable && !key.has(name) && !options.except.includes(name));
    if (open.length === 0) return undefined;
    return `${open.map(({ name }) => `\`${name}\``).join(', ')} of \`${display(table)}\` can hold NULL.`;
  },
});
