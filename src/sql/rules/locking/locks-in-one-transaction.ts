import { type Catalog, tableOf } from '../../catalog.ts';
import { heldBefore } from '../../facts/held.ts';
import { blockingLocks, blocksReads, lockingKinds, modeWords, type RelationLock } from '../../facts/locks/index.ts';
import { display, keyOf, type ObjectName } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const locksInOneTransaction = defineRule({
  id: 'locks-in-one-transaction',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'One transaction closes a table that already exists, and in another statement locks a second one',
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
    const { before, held, lockTimeout = 0 } = context;
    if (heldBefore(context, () => true) === undefined) return undefined;
    // A partition is locked with its parent, as one.
    const isHeld = (name: ObjectName) => lineOf(name, before).some((each) => held.has(keyOf(each)));
    const second = blockingLocks(change, context).find((lock) => !isHeld(tableIn(lock)));
    if (second === undefined) return undefined;
    // Two that let readers pass are what every new table with two foreign keys takes.
    const first = heldBefore(context, ({ mode }) => blocksReads(mode) || blocksReads(second.mode));
    if (first === undefined) return undefined;
    const message = `The transaction holds ${modeWords(first.mode)} on \`${display(tableIn(first))}\` already, and keeps it while it waits for ${modeWords(second.mode)} on \`${display(tableIn(second))}\`.`;
    // With a lock_timeout it gives up, and lets go, before long.
    return lockTimeout === 0 ? message : { message, level: 'notice' };
  },
});

function tableIn({ relation, of }: RelationLock): ObjectName {
  return of ?? relation;
}

/** A table and what it is a partition of. */
function lineOf(name: ObjectName, catalog: Catalog): readonly ObjectName[] {
  const line = [name];
  // A text may tie tables in a circle, though no server would.
  for (let left = catalog.tables.size; left > 0; left--) {
    const parent = tableOf(catalog, line.at(-1) ?? name)?.partitionOf;
    if (parent === undefined) break;
    line.push(parent);
  }
  return line;
}
