import { blocking, blockingLocks, lockingKinds } from '../../facts/locks/index.ts';
import { workedOn } from '../../facts/long-work.ts';
import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const missingStatementTimeout = defineRule({
  id: 'missing-statement-timeout',
  level: 'notice',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A statement scans or rewrites a table under a lock that others wait for, without a statement_timeout',
  effect: 'Nothing ends it when the table turns out to be larger than expected, and all who wait for it wait on',
  remedy:
    "Do the work in a way that locks nobody out; where there is none, write `SET statement_timeout = '30s';` before it",
  source: 'PostgreSQL manual, "Client Connection Defaults", statement_timeout and transaction_timeout',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nCREATE INDEX orders_note_idx ON orders (note);",
      good: 'CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);',
    },
  ],
  on: lockingKinds,
  oncePerFile: true,

  options: { always: false },
  optionDocs: { always: 'of every statement that others wait for, be it long or short' },

  check(change, context) {
    const { statementTimeout = 0, transactionTimeout = 0, options } = context;
    // A value that cannot be known is somebody's decision.
    if (statementTimeout !== 0 || transactionTimeout !== 0) return undefined;
    const worked = workedOn(change, context);
    const [lock] = worked === undefined ? [] : blocking(change, [worked], context.before);
    if (lock === undefined) {
      const [any] = options.always ? blockingLocks(change, context) : [];
      if (any === undefined) return undefined;
      return `Others wait for ${described(any.of ?? any.relation, context)} as long as this runs, with no statement_timeout to end it.`;
    }
    const verb = lock.rewrites === true ? 'rewrites' : 'scans';
    return `This ${verb} ${described(lock.of ?? lock.relation, context)} for as long as it takes, with no statement_timeout to end it.`;
  },
});
