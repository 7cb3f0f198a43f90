import { ownerOf } from '../../facts/locks/index.ts';
import { concurrentDrops, runsInTransaction } from '../../facts/replacements.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const requireConcurrentIndexDrop = defineRule({
  id: 'require-concurrent-index-drop',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'An index is dropped without CONCURRENTLY',
  effect:
    'The drop takes an ACCESS EXCLUSIVE lock on the table: while it waits for running queries, all new ones wait behind it',
  remedy: 'Drop the index CONCURRENTLY, outside a transaction and alone in its migration',
  source: 'PostgreSQL manual, DROP INDEX, CONCURRENTLY',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE INDEX orders_note_idx ON orders (note);',
      bad: "SET lock_timeout = '2s';\nDROP INDEX orders_note_idx;",
      good: 'DROP INDEX CONCURRENTLY orders_note_idx;',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, note text, state text); CREATE INDEX orders_note_idx ON orders (note); CREATE INDEX orders_state_idx ON orders (state);',
      bad: "SET lock_timeout = '2s';\nDROP INDEX orders_note_idx, orders_state_idx;",
      good: 'DROP INDEX CONCURRENTLY orders_note_idx;\nDROP INDEX CONCURRENTLY orders_state_idx;',
    },
  ],
  on: ['drop-index'],

  check(change, context) {
    const { index, concurrently, cascade } = change;
    if (concurrently) return undefined;
    const owner = ownerOf(index, context.before);
    if (owner !== undefined && context.isNew(owner.name)) return undefined;
    const isComplete = context.known === 'likely' || context.known === 'sure';
    if (owner === undefined && change.ifExists && isComplete) return undefined;
    const table = owner === undefined ? 'its table' : `\`${display(owner.name)}\``;
    const message = `Dropping \`${index.name}\` blocks reads and writes of ${table} while it waits for its lock.`;
    // PostgreSQL refuses CONCURRENTLY for an index of a partitioned table, and beside CASCADE.
    const isPartitioned = owner !== undefined && 'partitionBy' in owner && owner.partitionBy !== undefined;
    if (isPartitioned)
      return `${message} The table is partitioned, so that it cannot be done CONCURRENTLY: keep the lock_timeout short, and try again.`;
    if (cascade || runsInTransaction(change, context)) return message;
    const [first, ...more] = context.siblings;
    if (more.length > 0 && (first !== change || context.file.inOneMessage === true)) return message;
    const replacement = concurrentDrops(context.siblings);
    return { message, fix: { description: 'Drop the index concurrently', replacement } };
  },
});
