import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const clusterOrVacuumFull = defineRule({
  id: 'cluster-or-vacuum-full',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'CLUSTER or VACUUM FULL runs on a table that already exists',
  effect:
    'The table and its indexes are written anew under an ACCESS EXCLUSIVE lock, so that nobody can read or write it meanwhile; it takes as much room again on the disk',
  remedy:
    'Let a plain VACUUM make room for new rows; where the space must be given back, use pg_repack or pg_squeeze, which let reads and writes go on',
  source: 'PostgreSQL manual, VACUUM, FULL; CLUSTER; "Recovering Disk Space"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nVACUUM FULL orders;",
      good: 'VACUUM orders;',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nCLUSTER orders USING orders_pkey;",
      good: { none: 'PostgreSQL itself has no way to order a table anew that lets others use it meanwhile' },
    },
  ],
  on: ['maintain'],

  check({ what, table }, context) {
    if (what !== 'CLUSTER' && what !== 'VACUUM FULL') return undefined;
    if (table === undefined)
      return `${what} without a table writes one table after another anew, and nobody can read or write it meanwhile.`;
    if (!mayHoldRows(table, context)) return undefined;
    return `${what} writes every row of ${described(table, context)} anew while nobody can read or write it.`;
  },
});
