import { type Catalog, tableOf } from '../../catalog.ts';
import { heldBefore } from '../../facts/held.ts';
import { blockingLocks, blocksWrites, lockingKinds, modeWords, type RelationLock } from '../../facts/locks/index.ts';
import { display, keyOf, type ObjectName } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const locksInOneTransaction = defineRule({
  id: 'locks-in-one-transaction',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'One transaction locks readers or writers out of two tables that already exist, in two statements',
  effect:
    'While it waits for the second table, the first stays closed, and with a transaction that takes them in the other order it deadlocks',
  remedy: 'Change each table in a transaction of its own, so that no lock is held while another is waited for',
  source: 'PostgreSQL manual, "Explicit Locking", Deadlocks',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE TABLE customers (id bigint PRIMARY KEY);',
      bad: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;\nALTER TABLE customers ADD COLUMN note text;\nCOMMIT;",
      good: "SET lock_timeout = '2s';\nBEGIN;\nALTER TABLE orders ADD COLUMN note text;\nCOMMIT;\nBEGIN;\nALTER TABLE customers ADD COLUMN note text;\nCOMMIT;",
    },
  ],
  on: lockingKinds,
  oncePerFile: true,

  check(change, context) {
    if (!context.inTransaction && change.inBlock !== true) return undefined;
    const { before, lockTimeout = 0 } = context;
    const held = heldBefore(change, context).filter(({ mode }) => blocksWrites(mode));
    const [first] = held;
    if (first === undefined) return undefined;
    const known = new Set(held.map((lock) => familyOf(tableIn(lock), before)));
    const second = blockingLocks(change, context).find((lock) => !known.has(familyOf(tableIn(lock), before)));
    if (second === undefined) return undefined;
    const message = `The transaction holds ${modeWords(first.mode)} on \`${display(tableIn(first))}\` already, and keeps it while it waits for ${modeWords(second.mode)} on \`${display(tableIn(second))}\`.`;
    // With a lock_timeout it gives up, and lets go, before long.
    return lockTimeout === 0 ? message : { message, level: 'notice' };
  },
});

function tableIn({ relation, of }: RelationLock): ObjectName {
  return of ?? relation;
}

/** A partition is locked with its parent, as one. */
function familyOf(name: ObjectName, catalog: Catalog): string {
  let found = name;
  // A text may tie tables in a circle, though no server would.
  for (let left = catalog.tables.size; left > 0; left--) {
    const parent = tableOf(catalog, found)?.partitionOf;
    if (parent === undefined) break;
    found = parent;
  }
  return keyOf(found);
}
