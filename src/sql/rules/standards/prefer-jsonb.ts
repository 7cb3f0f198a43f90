import { columnKinds, namedColumns, writtenColumns } from '../../facts/written-columns.ts';
import { defineRule } from '../../rule.ts';

export const preferJsonb = defineRule({
  id: 'prefer-jsonb',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A column is of the type json',
  effect:
    'Every use parses the text again, and there is no equality, so that DISTINCT, GROUP BY, UNION and indexes on it fail',
  remedy: 'Use jsonb, unless the text must come back exactly as it was written',
  source: 'PostgreSQL manual, "JSON Types"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE events (id bigint PRIMARY KEY, body json);',
      good: 'CREATE TABLE events (id bigint PRIMARY KEY, body jsonb);',
    },
  ],
  on: columnKinds,

  check(change, context) {
    const columns = writtenColumns(change, context).filter(({ type }) => type === 'json' || type === 'json[]');
    return columns.length === 0
      ? undefined
      : `${namedColumns(columns, change.table)}: \`json\` is text that every query parses again, and cannot be compared or indexed.`;
  },
});
