import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const onDeleteCascade = defineRule({
  id: 'on-delete-cascade',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A foreign key deletes the rows that refer to a deleted one',
  effect: 'One DELETE can remove far more rows than it names, in tables that nobody had in mind',
  remedy: 'Leave the rule out, and delete what depends on a row on purpose and in batches',
  source: 'PostgreSQL manual, "Foreign Keys"; MySQL manual, "FOREIGN KEY Constraints"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE profiles (id bigint PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE);',
      good: 'CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE profiles (id bigint PRIMARY KEY REFERENCES customers (id));',
    },
  ],
  on: ['create-table', 'add-constraint'],

  check(change) {
    const constraints = change.kind === 'create-table' ? change.constraints : [change.constraint];
    const key = constraints.find((each) => each.kind === 'foreign-key' && each.onDelete === 'cascade');
    if (key?.kind !== 'foreign-key') return undefined;
    return `Deleting from \`${display(key.references)}\` deletes rows of \`${display(change.table)}\` as well.`;
  },
});
