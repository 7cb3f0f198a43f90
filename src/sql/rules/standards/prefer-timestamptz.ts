import { columnKinds, namedColumns, writtenColumns } from '../../facts/written-columns.ts';
import { defineRule } from '../../rule.ts';

export const preferTimestamptz = defineRule({
  id: 'prefer-timestamptz',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A column stores points in time without a time zone',
  effect:
    'What was meant depends on the settings of whoever wrote it, and comparisons with now() shift with those of whoever reads it',
  remedy: 'Use timestamptz, which is as large and stores the same instant for everybody',
  source: 'PostgreSQL manual, "Date/Time Types", Time Stamps; PostgreSQL wiki, "Don\'t Do This"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE visits (id bigint PRIMARY KEY, seen_at timestamp);',
      good: 'CREATE TABLE visits (id bigint PRIMARY KEY, seen_at timestamptz);',
    },
  ],
  on: columnKinds,

  check(change, context) {
    const columns = writtenColumns(change, context).filter(({ type }) =>
      /^timestamp(?:\(\d\))? without time zone(?:\[\])?$/.test(type),
    );
    return columns.length === 0
      ? undefined
      : `${namedColumns(columns, change.table)}: a \`timestamp\` does not say in which time zone it is.`;
  },
});
