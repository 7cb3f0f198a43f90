import { tableOf } from '../../catalog.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const notValidOnPartitioned = defineRule({
  id: 'not-valid-on-partitioned',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'Before PostgreSQL 18, a foreign key is added NOT VALID to a partitioned table',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy:
    'Add the key NOT VALID to each partition and validate it there, then add it to the partitioned table, which takes those over without a scan',
  source: 'PostgreSQL manual, ALTER TABLE, ADD table_constraint [ NOT VALID ]; release notes of 18',
  examples: [
    {
      engine: 'postgresql',
      engineVersion: '17',
      given:
        "CREATE TABLE customers (id bigint PRIMARY KEY); CREATE TABLE events (id bigint, at date, customer_id bigint, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01'); CREATE INDEX events_customer ON events (customer_id);",
      bad: "SET lock_timeout = '2s';\nALTER TABLE events ADD CONSTRAINT events_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;",
      good: "SET lock_timeout = '2s';\nSET statement_timeout = '10min';\nALTER TABLE events_2025 ADD CONSTRAINT events_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;\nALTER TABLE events_2025 VALIDATE CONSTRAINT events_customer_fk;\nALTER TABLE events ADD CONSTRAINT events_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);",
      notExecuted: 'PostgreSQL 18 accepts it',
    },
  ],
  on: ['add-constraint'],

  check({ table, constraint }, { before, version }) {
    if (constraint.kind !== 'foreign-key' || constraint.validated || version >= 18) return undefined;
    if (tableOf(before, table)?.partitionBy === undefined) return undefined;
    return `\`${display(table)}\` is partitioned, and takes no NOT VALID foreign key before PostgreSQL 18.`;
  },
});
