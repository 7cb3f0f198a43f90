import type { Change } from '../../change.ts';
import { heldBefore } from '../../facts/held.ts';
import { blocksReads, lockingKinds, type RelationLock, waitedFor } from '../../facts/locks/index.ts';
import { longWork } from '../../facts/long-work.ts';
import { isAddedUnvalidated } from '../../facts/unvalidated.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const longStatementUnderLock = defineRule({
  id: 'long-statement-under-lock',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A statement that takes as long as a table is large runs in a transaction that has locked everybody out of a table',
  effect:
    'A lock that was to be held for a moment is held until the long statement is done, for nobody gives a lock back before the end of the transaction',
  remedy:
    'Commit before the long statement: let what takes the lock and what takes the time be migrations of their own',
  source: 'PostgreSQL manual, "Explicit Locking": a lock is normally held until the end of the transaction',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN state text;\nUPDATE orders SET state = 'open' WHERE state IS NULL;\nCOMMIT;",
      good: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN state text;\nCOMMIT;\nUPDATE orders SET state = 'open' WHERE state IS NULL AND id BETWEEN 1 AND 1000;",
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE TABLE items (id bigint PRIMARY KEY, price int); ALTER TABLE items ADD CONSTRAINT items_price CHECK (price > 0) NOT VALID;',
      bad: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN state text;\nALTER TABLE items VALIDATE CONSTRAINT items_price;\nCOMMIT;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN state text;\nALTER TABLE items VALIDATE CONSTRAINT items_price;",
    },
  ],
  on: [...lockingKinds, 'query'],
  oncePerFile: true,

  check(change, context) {
    const closed = closedMeanwhile(change, context);
    if (closed === undefined) return undefined;
    // Another rule says it of a constraint that this transaction added.
    if (change.kind === 'validate-constraint' && isAddedUnvalidated(change, context)) return undefined;
    const work = longWork(change, context);
    if (work === undefined) return undefined;
    return `This ${work} while the transaction holds ACCESS EXCLUSIVE on \`${display(closed.of ?? closed.relation)}\`, which nobody can read or write until it is done.`;
  },
});

/** A relation that earlier statements have closed, and that this one does not close anyway. */
function closedMeanwhile(change: Change, context: RuleContext): RelationLock | undefined {
  const isClosed = ({ mode }: RelationLock) => blocksReads(mode);
  if (heldBefore(context, isClosed) === undefined) return undefined;
  const own = new Set(waitedFor(change, context).flatMap((lock) => (isClosed(lock) ? [keyOf(lock.relation)] : [])));
  return heldBefore(context, (lock) => isClosed(lock) && !own.has(keyOf(lock.relation)));
}
