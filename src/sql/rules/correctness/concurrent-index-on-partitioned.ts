import { tableOf } from '../../catalog.ts';
import { ownerOf } from '../../facts/locks/index.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const concurrentIndexOnPartitioned = defineRule({
  id: 'concurrent-index-on-partitioned',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'An index of a partitioned table is built or dropped CONCURRENTLY',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy:
    'Create the index ON ONLY the partitioned table, build one CONCURRENTLY on each partition, and attach each with ALTER INDEX ... ATTACH PARTITION; drop it without CONCURRENTLY under a short lock_timeout',
  source: 'PostgreSQL manual, CREATE INDEX, "Building Indexes Concurrently"; DROP INDEX, CONCURRENTLY',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);',
      bad: 'CREATE INDEX CONCURRENTLY events_id ON events (id);',
      good: "SET lock_timeout = '2s';\nCREATE INDEX events_id ON ONLY events (id);",
      fails: '0A000',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at); CREATE INDEX events_id ON events (id);',
      bad: 'DROP INDEX CONCURRENTLY events_id;',
      good: { none: 'the drop must take its lock, which only a short lock_timeout makes harmless' },
      fails: '0A000',
    },
  ],
  on: ['create-index', 'drop-index'],

  check(change, { before }) {
    if (!change.concurrently) return undefined;
    const owner = change.kind === 'create-index' ? tableOf(before, change.index.table) : ownerOf(change.index, before);
    if (owner === undefined || !('partitionBy' in owner) || owner.partitionBy === undefined) return undefined;
    const verb = change.kind === 'create-index' ? 'built' : 'dropped';
    return `\`${display(owner.name)}\` is partitioned, and an index of a partitioned table cannot be ${verb} CONCURRENTLY.`;
  },
});
