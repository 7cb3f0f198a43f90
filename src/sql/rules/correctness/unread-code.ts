import { defineRule } from '../../rule.ts';

export const unreadCode = defineRule({
  id: 'unread-code',
  level: 'notice',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A DO block puts its SQL together at run time, or its body cannot be read',
  effect: 'No rule has looked at what it will do, so that its silence means nothing',
  remedy: 'Write the statements out, or read this part with particular care',
  source: 'PostgreSQL manual, "Executing Dynamic Commands"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "DO $$ BEGIN EXECUTE 'CREATE TABLE orders_' || 1 || ' ()'; END $$;",
      good: 'CREATE TABLE orders_1 ();',
    },
  ],
  on: ['other'],

  check({ what }) {
    if (what === 'EXECUTE') return 'This puts an SQL statement together at run time, which was not looked at.';
    return what === 'DO' ? 'The body of this DO could not be read, and was not looked at.' : undefined;
  },
});
