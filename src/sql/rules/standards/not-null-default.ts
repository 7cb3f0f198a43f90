import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const notNullDefault = defineRule({
  id: 'not-null-default',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A NOT NULL column has no default',
  effect: 'Code that does not know the column yet cannot insert rows',
  remedy: 'Give the column a default',
  source: 'PostgreSQL manual, "Default Values"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, state text NOT NULL);',
      good: "CREATE TABLE orders (id bigint PRIMARY KEY, state text NOT NULL DEFAULT 'open');",
    },
  ],
  on: ['create-table', 'add-column'],

  check(change) {
    const columns = change.kind === 'create-table' ? change.columns : [change.column];
    const constraints = change.kind === 'create-table' ? change.constraints : [];
    // Keys are given by whoever inserts.
    const keys = new Set(
      constraints.flatMap((each) => (each.kind === 'primary-key' || each.kind === 'foreign-key' ? each.columns : [])),
    );
    const bare = columns.find(
      ({ name, nullable, default: value, identity, generated }) =>
        !nullable && value === undefined && identity === undefined && generated === undefined && !keys.has(name),
    );
    if (bare === undefined) return undefined;
    return `\`${bare.name}\` of \`${display(change.table)}\` is required and has no default.`;
  },
});
