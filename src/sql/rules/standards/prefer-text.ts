import { columnKinds, namedColumns, writtenColumns } from '../../facts/written-columns.ts';
import { defineRule } from '../../rule.ts';

export const preferText = defineRule({
  id: 'prefer-text',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A column is of the type varchar(n)',
  effect:
    'A shorter limit rewrites the table, a longer one waits for an ACCESS EXCLUSIVE lock, and neither is any faster or smaller than text',
  remedy: 'Use text, and limit its length with a CHECK constraint, which can be replaced without a long lock',
  source: 'PostgreSQL manual, "Character Types"; ALTER TABLE, Notes',
  optIn: true,
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE people (id bigint PRIMARY KEY, name varchar(100));',
      good: 'CREATE TABLE people (id bigint PRIMARY KEY, name text CHECK (length(name) <= 100));',
    },
  ],
  on: columnKinds,

  check(change, context) {
    const columns = writtenColumns(change, context).filter(({ type }) => type.startsWith('character varying('));
    return columns.length === 0
      ? undefined
      : `${namedColumns(columns, change.table)}: \`varchar(n)\` keeps a limit of length in the type.`;
  },
});
