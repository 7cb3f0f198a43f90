import { tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { partitionColumns } from '../../facts/partition-key.ts';
import { display, type ObjectName } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const uniqueWithoutPartitionKey = defineRule({
  id: 'unique-without-partition-key',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A primary key, a unique constraint or a unique index of a partitioned table leaves out a column of the partition key',
  effect: 'PostgreSQL refuses the statement, because each partition can only see its own rows',
  remedy:
    'Make the partition key part of it, or put the unique index on each partition, where it holds within that partition only',
  source: 'PostgreSQL manual, "Table Partitioning", Limitations',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE events (id bigint PRIMARY KEY, at date NOT NULL) PARTITION BY RANGE (at);',
      good: 'CREATE TABLE events (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);',
      fails: '0A000',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE events (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);',
      bad: "SET lock_timeout = '2s';\nCREATE UNIQUE INDEX events_id ON events (id);",
      good: { none: 'no index reaches over several partitions' },
      fails: '0A000',
    },
  ],
  on: ['create-table', 'add-constraint', 'create-index'],

  check(change, context) {
    for (const [table, partitionBy, columns] of keysOf(change, context)) {
      if (partitionBy === undefined) continue;
      const key = partitionColumns(partitionBy);
      if (key.includes(undefined))
        return `\`${display(table)}\` is partitioned by an expression, and such a table can have no unique constraint.`;
      const missing = key.find((column) => column !== undefined && !columns.includes(column));
      if (missing === undefined) continue;
      return `\`${display(table)}\` is partitioned by \`${missing}\`, which its unique key over ${columns.map((column) => `\`${column}\``).join(', ')} leaves out.`;
    }
    return undefined;
  },
});

type Key = readonly [table: ObjectName, partitionBy: string | undefined, columns: readonly string[]];

/** The unique keys that a change makes, each with the partition key of its table. */
function keysOf(
  change: ChangeOf<'create-table' | 'add-constraint' | 'create-index'>,
  { before }: RuleContext,
): readonly Key[] {
  switch (change.kind) {
    case 'create-table': {
      const { table, partitionBy, constraints } = change;
      if (partitionBy === undefined) return [];
      return constraints.flatMap((each): readonly Key[] =>
        each.kind === 'primary-key' || each.kind === 'unique' ? [[table, partitionBy, each.columns]] : [],
      );
    }
    case 'add-constraint': {
      const { table, constraint } = change;
      if (constraint.kind !== 'primary-key' && constraint.kind !== 'unique') return [];
      if (constraint.usingIndex !== undefined) return [];
      return [[table, tableOf(before, table)?.partitionBy, constraint.columns]];
    }
    case 'create-index': {
      const { table, unique, keys } = change.index;
      if (!unique) return [];
      return [[table, tableOf(before, table)?.partitionBy, keys.flatMap(({ column }) => column ?? [])]];
    }
  }
}
