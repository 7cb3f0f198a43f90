import { columnKinds, namedColumns, writtenColumns } from '../../facts/written-columns.ts';
import { defineRule } from '../../rule.ts';

export const noMoney = defineRule({
  id: 'no-money',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A column is of the type money',
  effect:
    'Its currency and its fraction come from the setting lc_monetary, so that the same value reads as another amount elsewhere',
  remedy: 'Use numeric with a fixed scale, and keep the currency in a column of its own',
  source: 'PostgreSQL manual, "Monetary Types"; PostgreSQL wiki, "Don\'t Do This"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE prices (id bigint PRIMARY KEY, amount money);',
      good: 'CREATE TABLE prices (id bigint PRIMARY KEY, amount numeric(12,2), currency text);',
    },
  ],
  on: columnKinds,

  check(change, context) {
    const columns = writtenColumns(change, context).filter(({ type }) => type === 'money' || type === 'money[]');
    return columns.length === 0
      ? undefined
      : `${namedColumns(columns, change.table)}: \`money\` takes its currency from a setting of the server.`;
  },
});
