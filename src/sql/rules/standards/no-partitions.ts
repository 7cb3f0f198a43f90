import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const noPartitions = defineRule({
  id: 'no-partitions',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'A partitioned table or a partition is made',
  effect:
    'Keys must include the partition key, indexes cannot be built concurrently on the whole, and partitions have to be made ahead of time',
  remedy: 'Use one table until its size asks for more, or allow this one with a comment that says why',
  source: 'PostgreSQL manual, "Table Partitioning", Limitations',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE events (id bigint, at timestamptz, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);',
      good: 'CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz);',
    },
  ],
  on: ['create-table', 'attach-partition'],

  check(change) {
    if (change.kind === 'attach-partition') return `\`${display(change.partition)}\` becomes a partition.`;
    if (change.partitionBy !== undefined) return `\`${display(change.table)}\` is partitioned.`;
    return change.partitionOf === undefined ? undefined : `\`${display(change.table)}\` is a partition.`;
  },
});
