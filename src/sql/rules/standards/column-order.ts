import { packed, wastedBytes } from '../../facts/row-layout.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const columnOrder = defineRule({
  id: 'column-order',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'The columns of a new table stand in an order that leaves gaps in every row',
  effect:
    'Values of 2, 4 and 8 bytes begin at multiples of their size, and what is skipped takes up disk and memory for ever',
  remedy: 'Put columns of 8 bytes first (bigint, timestamptz), then those of 4, 2 and 1, and those of any length last',
  source: 'PostgreSQL manual, "Database Page Layout", Table Row Layout; pg_type.typalign',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (paid boolean, id bigint PRIMARY KEY, sent boolean, customer_id bigint);',
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, paid boolean, sent boolean);',
    },
  ],
  on: ['create-table'],
  options: { bytes: 4 },
  optionDocs: { bytes: 'from how many wasted bytes a row on it is said' },

  check({ table, columns, temporary }, { before, options }) {
    if (temporary) return undefined;
    const bytes = wastedBytes(columns, before);
    if (bytes < options.bytes) return undefined;
    const better = packed(columns, before).map(({ name }) => `\`${name}\``);
    return `Every row of \`${display(table)}\` wastes ${bytes} bytes; in this order it would not: ${better.join(', ')}.`;
  },
});
