import { concurrentDrops, runsInTransaction } from '../../facts/replacements.ts';
import { defineRule } from '../../rule.ts';

export const concurrentDropOfSeveral = defineRule({
  id: 'concurrent-drop-of-several',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'DROP INDEX CONCURRENTLY names several indexes, or says CASCADE',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Drop one index in each statement, and what depends on it before',
  source: 'PostgreSQL manual, DROP INDEX, CONCURRENTLY',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, note text, state text); CREATE INDEX orders_note ON orders (note); CREATE INDEX orders_state ON orders (state);',
      bad: 'DROP INDEX CONCURRENTLY orders_note, orders_state;',
      good: 'DROP INDEX CONCURRENTLY orders_note;\nDROP INDEX CONCURRENTLY orders_state;',
      fails: '0A000',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE INDEX orders_note ON orders (note);',
      bad: 'DROP INDEX CONCURRENTLY orders_note CASCADE;',
      good: 'DROP INDEX CONCURRENTLY orders_note;',
      fails: '0A000',
    },
  ],
  on: ['drop-index'],

  check(change, context) {
    if (!change.concurrently) return undefined;
    if (change.cascade) return 'DROP INDEX CONCURRENTLY knows no CASCADE.';
    // One sentence for the statement.
    if (context.siblings.length === 1 || context.siblings[0] !== change) return undefined;
    const message = 'DROP INDEX CONCURRENTLY takes one index at a time.';
    if (runsInTransaction(change, context) || context.file.inOneMessage === true) return message;
    const replacement = concurrentDrops(context.siblings);
    return { message, fix: { description: 'Drop each index in a statement of its own', replacement } };
  },
});
