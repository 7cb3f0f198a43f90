import type { Constraint } from '../../change.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const constraintName = defineRule({
  id: 'constraint-name',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb'],
  optIn: true,
  when: 'A constraint or an index is made without a name',
  effect:
    'The engine makes one up, which depends on what is there already, so that a later migration cannot be sure what to drop or rename',
  remedy: 'Write `CONSTRAINT name` before it, or the name after `CREATE INDEX`',
  source: 'PostgreSQL manual, "Constraints", and CREATE INDEX, name; MySQL manual, "FOREIGN KEY Constraints"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE items (id bigint PRIMARY KEY, price numeric CHECK (price >= 0));',
      good: 'CREATE TABLE items (id bigint PRIMARY KEY, price numeric CONSTRAINT items_price_positive CHECK (price >= 0));',
    },
  ],
  on: ['create-table', 'add-constraint', 'create-index'],
  options: { primaryKeys: false },
  optionDocs: { primaryKeys: 'whether primary keys need a name as well' },

  check(change, { options }) {
    const isNameless = ({ kind, name }: Constraint) =>
      name === undefined && kind !== 'not-null' && (options.primaryKeys || kind !== 'primary-key');
    if (change.kind === 'create-index') {
      return change.index.name === undefined
        ? `This index of \`${display(change.index.table)}\` has no name.`
        : undefined;
    }
    const constraints = change.kind === 'create-table' ? change.constraints : [change.constraint];
    const nameless = constraints.find((each) => isNameless(each) && !('usingIndex' in each));
    if (nameless === undefined) return undefined;
    return `A ${nameless.kind.replace('-', ' ')} constraint of \`${display(change.table)}\` has no name.`;
  },
});
