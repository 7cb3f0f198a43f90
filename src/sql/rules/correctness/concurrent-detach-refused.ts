import { defaultPartitionOf } from '../../facts/partition-bounds.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const concurrentDetachRefused = defineRule({
  id: 'concurrent-detach-refused',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A partition is detached CONCURRENTLY from a table that has a default partition',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Detach it without CONCURRENTLY under a short lock_timeout, or detach the default partition first',
  source: 'PostgreSQL manual, ALTER TABLE, DETACH PARTITION',
  examples: [
    {
      engine: 'postgresql',
      given:
        "CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); CREATE TABLE events_rest PARTITION OF events DEFAULT;",
      bad: 'ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;',
      good: "SET lock_timeout = '2s';\nALTER TABLE events DETACH PARTITION events_2020;",
      fails: '55000',
    },
  ],
  on: ['detach-partition'],

  check({ table, concurrently }, { before }) {
    const rest = concurrently ? defaultPartitionOf(table, before) : undefined;
    if (rest === undefined) return undefined;
    return `\`${display(table)}\` has the default partition \`${display(rest)}\`, beside which nothing can be detached CONCURRENTLY.`;
  },
});
