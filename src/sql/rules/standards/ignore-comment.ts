import { defineRule } from '../../rule.ts';

/** Raised by the runner itself, which alone reads comments; it stands here so that it has an id, a level and a page. */
export const ignoreComment = defineRule({
  id: 'ignore-comment',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'An ignore comment gives no reason, or names a rule that does not exist',
  effect: 'The comment suppresses nothing, and whoever reads it later cannot tell why it was written',
  remedy: 'Write `-- database-lead: ignore RULE because REASON`',
  source: 'database-lead, "Suppressing a finding"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\n-- database-lead: ignore drop-table\nDROP TABLE drafts;",
      good: "SET lock_timeout = '2s';\n-- database-lead: ignore drop-table because nothing has read it since the spring release\nDROP TABLE drafts;",
    },
  ],
  on: [],

  check() {
    return undefined;
  },
});
