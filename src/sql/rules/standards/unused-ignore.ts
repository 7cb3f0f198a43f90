import { defineRule } from '../../rule.ts';

/** Raised by the runner itself, which alone knows what a comment has suppressed; it stands here so that it has an id, a level and a page. */
export const unusedIgnore = defineRule({
  id: 'unused-ignore',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'An ignore comment names a rule that says nothing of its statement',
  effect: 'Whoever reads it believes in a danger that is not there, and it will hide one that comes',
  remedy: 'Take the comment out, or put it above the statement that it is for',
  source: 'database-lead, "Suppressing a finding"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\n-- database-lead: ignore drop-table because nothing reads it\nCREATE TABLE notes (id bigint PRIMARY KEY);',
      good: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nCREATE TABLE notes (id bigint PRIMARY KEY);',
    },
  ],
  on: [],

  check() {
    return undefined;
  },
});
