import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const exclusionConstraintLock = defineRule({
  id: 'exclusion-constraint-lock',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'An exclusion constraint is added to a table that already exists',
  effect: 'Its index is built under an ACCESS EXCLUSIVE lock, so that nobody can read or write the table meanwhile',
  remedy:
    'Make it part of a new table and move the rows over in batches, or keep it for a window in which the application may wait: it can neither be built CONCURRENTLY nor added NOT VALID',
  source: 'PostgreSQL manual, ALTER TABLE, ADD table_constraint; CREATE TABLE, EXCLUDE',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE bookings (id bigint PRIMARY KEY, during tsrange);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE bookings ADD CONSTRAINT bookings_no_overlap EXCLUDE USING gist (during WITH &&);",
      good: {
        none: 'PostgreSQL knows no way to add an exclusion constraint without building its index under this lock',
      },
    },
  ],
  on: ['add-constraint'],

  check({ table, constraint }, context) {
    if (constraint.kind !== 'exclusion' || !mayHoldRows(table, context)) return undefined;
    return `The index of this exclusion constraint is built while nobody can read or write ${described(table, context)}.`;
  },
});
