import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const noInherits = defineRule({
  id: 'no-inherits',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A table inherits from another table',
  effect:
    'Primary keys, unique constraints and foreign keys do not hold across the parent and its children, and queries of the parent read all of them',
  remedy: 'Use declarative partitioning, or a table of its own with a foreign key to what it adds to',
  source: 'PostgreSQL manual, "Inheritance", Caveats',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE cities (id bigint PRIMARY KEY, name text);',
      bad: "SET lock_timeout = '2s';\nCREATE TABLE capitals (state text) INHERITS (cities);",
      good: 'CREATE TABLE capitals (city_id bigint PRIMARY KEY, state text);',
    },
  ],
  on: ['create-table', 'set-inherit'],

  check(change) {
    const parent = change.kind === 'create-table' ? change.inherits?.[0] : change.inherits ? change.parent : undefined;
    if (parent === undefined) return undefined;
    return `Keys of \`${display(parent)}\` do not hold in \`${display(change.table)}\`, which inherits from it.`;
  },
});
