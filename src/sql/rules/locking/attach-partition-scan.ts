import { tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { defaultPartitionOf, isDefault, seemsOutside, seemsWithin } from '../../facts/partition-bounds.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const attachPartitionScan = defineRule({
  id: 'attach-partition-scan',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A table that holds rows is attached as a partition without a CHECK constraint that matches its bounds, or a partition is added beside a default one that holds rows',
  effect:
    'The whole table, and the default partition as well, is scanned under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile',
  remedy:
    'Before that, add a CHECK NOT VALID that says what the bounds say (with IS NOT NULL for RANGE) and validate it, and one on the default partition that keeps those values out; drop them afterwards',
  source: 'PostgreSQL manual, ALTER TABLE, ATTACH PARTITION; CREATE TABLE, PARTITION OF',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_2020 (id bigint, at date NOT NULL);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
      good: "SET lock_timeout = '2s';\nALTER TABLE events_2020 ADD CONSTRAINT bounds CHECK (at >= '2020-01-01' AND at < '2021-01-01') NOT VALID;\nALTER TABLE events_2020 VALIDATE CONSTRAINT bounds;\nALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE events (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE events_rest PARTITION OF events DEFAULT;',
      bad: "SET lock_timeout = '2s';\nCREATE TABLE events_2026 (LIKE events INCLUDING ALL);\nALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      good: "SET lock_timeout = '2s';\nALTER TABLE events_rest ADD CONSTRAINT not_2026 CHECK (at < '2026-01-01' OR at >= '2027-01-01') NOT VALID;\nALTER TABLE events_rest VALIDATE CONSTRAINT not_2026;\nCREATE TABLE events_2026 (LIKE events INCLUDING ALL);\nALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
  ],
  on: ['attach-partition', 'create-table'],

  check(change, context) {
    if (change.kind === 'create-table') return besideDefault(change.partitionOf, undefined, change, context);
    const { table, partition, bound } = change;
    const partitionBy = tableOf(context.before, table)?.partitionBy ?? '';
    const known = tableOf(context.before, partition);
    if (mayHoldRows(partition, context) && !seemsWithin(known, { bound, partitionBy }, context.version))
      return `No validated check proves that the rows of ${described(partition, context)} are within the bounds, so it is scanned while nobody can read or write it.`;
    return isDefault(bound) ? undefined : besideDefault(table, bound, change, context);
  },
});

/** A new partition takes values from the default one, which is searched for rows that belong to the new one. */
function besideDefault(
  parent: ChangeOf<'create-table'>['partitionOf'],
  bound: string | undefined,
  change: ChangeOf<'attach-partition' | 'create-table'>,
  context: RuleContext,
) {
  if (parent === undefined || (change.kind === 'create-table' && change.defaultPartition === true)) return undefined;
  const found = defaultPartitionOf(parent, context.before);
  if (found === undefined || !mayHoldRows(found, context)) return undefined;
  const partitionBy = tableOf(context.before, parent)?.partitionBy ?? '';
  if (bound !== undefined && seemsOutside(tableOf(context.before, found), { bound, partitionBy })) return undefined;
  const message = `The default partition ${described(found, context)} is scanned for rows of the new one while nobody can read or write it.`;
  return { message, level: 'error' as const };
}
