import { blockingLocks, blocksReads, modeWords } from '../../facts/locks/index.ts';
import { described } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const lockTable = defineRule({
  id: 'lock-table',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'LOCK TABLE locks readers or writers out of a table that already exists',
  effect:
    'Nobody else can write the table, or even read it, until the transaction ends, however little it does with it',
  remedy:
    'Leave the lock to the statement that needs one, lock the rows with SELECT ... FOR UPDATE, or take SHARE UPDATE EXCLUSIVE, which lets reads and writes go on',
  source: 'PostgreSQL manual, LOCK; "Explicit Locking"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nLOCK TABLE orders;\nCOMMIT;",
      good: 'BEGIN;\nLOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;\nCOMMIT;',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nLOCK TABLE orders IN EXCLUSIVE MODE;\nCOMMIT;",
      good: 'BEGIN;\nLOCK TABLE orders IN ROW SHARE MODE;\nCOMMIT;',
    },
  ],
  on: ['maintain'],

  check(change, context) {
    if (change.what !== 'LOCK TABLE' || change.table === undefined) return undefined;
    const [lock] = blockingLocks(change, context);
    if (lock === undefined) return undefined;
    const who = blocksReads(lock.mode) ? 'read or write' : 'write';
    return `Nobody else can ${who} ${described(change.table, context)} until this transaction ends: it takes ${modeWords(lock.mode)}.`;
  },
});
