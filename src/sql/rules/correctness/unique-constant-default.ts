import { described, mayHoldRows } from '../../facts/rows.ts';
import { defineRule } from '../../rule.ts';

export const uniqueConstantDefault = defineRule({
  id: 'unique-constant-default',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A unique column is added to a table that already exists with one default for every row',
  effect: 'The second row has the value of the first, so that the statement fails as soon as the table holds two rows',
  remedy: 'Add the column without the default, fill it with a value of its own for each row, and make it unique then',
  source: 'PostgreSQL manual, ALTER TABLE, ADD COLUMN; "Constraints", Unique Constraints',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY); INSERT INTO users VALUES (1), (2);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN handle text NOT NULL DEFAULT '' UNIQUE;",
      good: "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN handle text;",
      fails: '23505',
    },
  ],
  on: ['add-constraint'],

  check({ table, constraint, inline }, context) {
    if (inline === undefined || (constraint.kind !== 'unique' && constraint.kind !== 'primary-key')) return undefined;
    const added = context.siblings.find((each) => each.kind === 'add-column' && each.column.name === inline);
    const value = added?.kind === 'add-column' ? added.column.default : undefined;
    if (value === undefined || value.volatility === 'volatile' || value.sql.toLowerCase() === 'null') return undefined;
    if (!mayHoldRows(table, context)) return undefined;
    return `Every row of ${described(table, context)} gets \`${value.sql}\` in \`${inline}\`, which must be unique.`;
  },
});
