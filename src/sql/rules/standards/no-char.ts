import { columnKinds, namedColumns, writtenColumns } from '../../facts/written-columns.ts';
import { defineRule } from '../../rule.ts';

export const noChar = defineRule({
  id: 'no-char',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A column is of the type char(n)',
  effect: 'Values are padded with spaces that some comparisons heed and others do not, and it is no faster than text',
  remedy: 'Use text, with a CHECK on its length where that matters',
  source: 'PostgreSQL manual, "Character Types"; PostgreSQL wiki, "Don\'t Do This"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE countries (id bigint PRIMARY KEY, code char(2));',
      good: 'CREATE TABLE countries (id bigint PRIMARY KEY, code text CHECK (length(code) = 2));',
    },
  ],
  on: columnKinds,

  check(change, context) {
    const columns = writtenColumns(change, context).filter(({ type }) =>
      /^character\(|^character(?:\[\])?$|^bpchar/.test(type),
    );
    return columns.length === 0
      ? undefined
      : `${namedColumns(columns, change.table)}: \`char(n)\` is padded with spaces to its full length.`;
  },
});
