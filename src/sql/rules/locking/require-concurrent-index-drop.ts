import { ownerOf } from '../../facts/locks/index.ts';
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
  ],
  on: ['drop-index'],

  check({ index, concurrently, cascade }, context) {
    if (concurrently) return undefined;
    const owner = ownerOf(index, context.before);
    if (owner !== undefined && context.isNew(owner.name)) return undefined;
    const message = `Dropping \`${index.name}\` blocks reads and writes of its table while it waits for its lock.`;
    // CONCURRENTLY takes one index and no CASCADE.
    if (context.inTransaction || cascade || context.siblings.length > 1) return message;
    const replacement = context.statement.replace(/^drop\s+index\b/i, '$& CONCURRENTLY');
    return { message, fix: { description: 'Drop the index concurrently', replacement } };
  },
});
