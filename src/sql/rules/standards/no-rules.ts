import { defineRule } from '../../rule.ts';

export const noRules = defineRule({
  id: 'no-rules',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A rewrite rule is made with CREATE RULE',
  effect:
    'Statements are rewritten before they are planned, so that they may do their work twice, evaluate volatile functions more than once, and report other row counts',
  remedy: 'Use a trigger, or make the view updatable with INSTEAD OF triggers',
  source: 'PostgreSQL manual, "Rules Versus Triggers"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE logs (id bigint PRIMARY KEY);\nCREATE RULE logs_keep AS ON DELETE TO logs DO INSTEAD NOTHING;',
      good: 'CREATE TABLE logs (id bigint PRIMARY KEY);',
    },
  ],
  on: ['other'],

  check({ what }) {
    return what === 'CREATE RULE' ? 'This rewrites statements in ways that are hard to foresee.' : undefined;
  },
});
