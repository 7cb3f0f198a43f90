import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const noForeignKeys = defineRule({
  id: 'no-foreign-keys',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A foreign key is made',
  effect:
    'Writes to either table lock rows of the other, and tools that copy or shard tables cannot take one of them alone',
  remedy: 'Check references in the application, or allow this one with a comment that says why',
  source: 'A choice of teams that shard or copy their tables; PostgreSQL manual, "Foreign Keys", says what is lost',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY REFERENCES customers (id));',
      good: 'CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);',
    },
  ],
  on: ['create-table', 'add-constraint'],

  check(change) {
    const constraints = change.kind === 'create-table' ? change.constraints : [change.constraint];
    const key = constraints.find(({ kind }) => kind === 'foreign-key');
    if (key?.kind !== 'foreign-key') return undefined;
    return `\`${display(change.table)}\` gets a foreign key to \`${display(key.references)}\`.`;
  },
});
