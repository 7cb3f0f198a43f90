import { blockingLocks, lockingKinds } from '../../facts/locks/index.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const missingLockTimeout = defineRule({
  id: 'missing-lock-timeout',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A statement that locks out readers or writers runs without a lock_timeout',
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
  ],
  on: lockingKinds,
  oncePerFile: true,

  check(change, { lockTimeout, isNew, before, version }) {
    if (lockTimeout !== undefined && lockTimeout !== 0) return undefined;
    const lock = blockingLocks(change, before, version).find(({ relation, of }) => !isNew(of ?? relation));
    if (lock === undefined) return undefined;
    return `If the lock on \`${display(lock.of ?? lock.relation)}\` is not free at once, everything else that needs it waits as long as this statement does.`;
  },
});
