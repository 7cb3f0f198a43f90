import { blockingLocks, lockingKinds } from '../../facts/locks/index.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const missingLockTimeout = defineRule({
  id: 'missing-lock-timeout',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A statement that locks out readers or writers runs without a lock_timeout, or with one that is too long to help',
  effect:
    'While it waits behind one long query, every new query on the table waits behind it, and the application stands still',
  remedy: "Write `SET lock_timeout = '2s';` before it, and let the migration be tried again when it gives up",
  source: 'PostgreSQL manual, "Client Connection Defaults", lock_timeout; "Explicit Locking"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: 'ALTER TABLE orders ADD COLUMN note text;',
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '10min';\nALTER TABLE orders ADD COLUMN note text;",
      good: "SET lock_timeout = '5s';\nALTER TABLE orders ADD COLUMN note text;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE customers (id bigint PRIMARY KEY);',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);\nCREATE INDEX ON orders (customer_id);',
      good: "SET lock_timeout = '2s';\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);\nCREATE INDEX ON orders (customer_id);",
    },
  ],
  on: lockingKinds,
  oncePerFile: true,
  options: { maxSeconds: 60 },
  optionDocs: { maxSeconds: 'the longest lock_timeout that is still one' },

  check(change, context) {
    const { lockTimeout, options } = context;
    const isTooLong = lockTimeout !== undefined && lockTimeout > options.maxSeconds * 1_000;
    // A value that cannot be known is somebody's decision.
    if (lockTimeout !== undefined && lockTimeout !== 0 && !isTooLong) return undefined;
    const [lock] = blockingLocks(change, context);
    if (lock === undefined) return undefined;
    const table = `\`${display(lock.of ?? lock.relation)}\``;
    if (isTooLong) {
      return `The lock_timeout lets this wait ${inWords(lockTimeout)} for its lock on ${table}, and everything else that needs the table waits behind it.`;
    }
    if (context.ineffective.has('lock_timeout') && !context.inTransaction) {
      const message = `SET LOCAL does nothing outside a transaction, and no BEGIN comes before it, so the lock on ${table} is waited for without an end.`;
      // Whoever writes so counts on a tool that wraps the file, and which tool that is we do not know.
      return context.file.tool === undefined ? { message, level: 'notice' } : message;
    }
    return `If the lock on ${table} is not free at once, everything else that needs it waits as long as this statement does.`;
  },
});

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
}
