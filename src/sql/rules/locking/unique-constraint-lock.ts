import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const uniqueConstraintLock = defineRule({
  id: 'unique-constraint-lock',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A UNIQUE or PRIMARY KEY constraint is added without USING INDEX to a table that already exists',
  effect: 'Its index is built under an ACCESS EXCLUSIVE lock, so that nobody can read or write the table meanwhile',
  remedy: 'Build a unique index CONCURRENTLY in a migration of its own, then add the constraint USING INDEX',
  source: 'PostgreSQL manual, ALTER TABLE, ADD table_constraint_using_index',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);",
      good: "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);\nSET lock_timeout = '2s';\nALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;",
    },
  ],
  on: ['add-constraint'],

  check({ table, constraint }, context) {
    if (constraint.kind !== 'unique' && constraint.kind !== 'primary-key') return undefined;
    if (constraint.usingIndex !== undefined || !mayHoldRows(table, context)) return undefined;
    const what = constraint.kind === 'unique' ? 'unique constraint' : 'primary key';
    return `The index of this ${what} is built while nobody can read or write ${described(table, context)}.`;
  },
});
