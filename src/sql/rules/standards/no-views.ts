import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const noViews = defineRule({
  id: 'no-views',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb'],
  optIn: true,
  when: 'A view is made',
  effect: 'The columns that it reads can no longer be dropped or change their type without it',
  remedy: 'Keep the query in the application, or allow this view with a comment that says why',
  source: 'PostgreSQL manual, "Dependency Tracking"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE VIEW order_ids AS SELECT id FROM orders;',
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
    },
  ],
  on: ['create-view'],
  options: { materialized: true },
  optionDocs: { materialized: 'whether materialized views count as well' },

  check({ view, materialized }, { options }) {
    if (materialized && !options.materialized) return undefined;
    return `\`${display(view)}\` is a view.`;
  },
});
