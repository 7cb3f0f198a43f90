import { defineRule } from '../../rule.ts';

export const unreadCode = defineRule({
  id: 'unread-code',
  level: 'notice',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A DO block puts its SQL together at run time, or the body of a block or function cannot be read',
  effect: 'No rule has looked at what it will do, so that its silence means nothing',
  remedy: 'Write the statements out, or read this part with particular care',
  source: 'PostgreSQL manual, "Executing Dynamic Commands"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: "DO $$ BEGIN FOR i IN 1..2 LOOP EXECUTE format('CREATE TABLE orders_%s (id bigint PRIMARY KEY)', i); END LOOP; END $$;",
      good: 'CREATE TABLE orders_1 (id bigint PRIMARY KEY);\nCREATE TABLE orders_2 (id bigint PRIMARY KEY);',
    },
    {
      engine: 'postgresql',
      bad: 'CREATE FUNCTION answer() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 42; $$;',
      good: 'CREATE FUNCTION answer() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 42; END $$;',
      fails: '42601',
    },
  ],
  on: ['other', 'dynamic-sql'],
  inRoutines: true,

  check(change) {
    if (change.kind === 'other') {
      const body = unread[change.what];
      return body === undefined ? undefined : `The body of this ${body} could not be read, and was not looked at.`;
    }
    // What joins values in unquoted is said by `dynamic-sql`; in a function, EXECUTE is its author's everyday work.
    if (change.concatenated || change.within !== undefined) return undefined;
    return 'This puts an SQL statement together at run time, which was not looked at.';
  },
});

const unread: Readonly<Record<string, string>> = {
  DO: 'DO',
  'FUNCTION BODY': 'function',
  'PROCEDURE BODY': 'procedure',
};
