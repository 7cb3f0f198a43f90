import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const constrainedDomain = defineRule({
  id: 'constrained-domain',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A domain is made with a CHECK or NOT NULL, or an existing one gets such a constraint',
  effect:
    'Columns of the domain cannot be added without rewriting their tables, and a changed constraint is held against all of them at once',
  remedy: 'Use the type under the domain, and put the condition as a CHECK constraint on each table',
  source: 'PostgreSQL manual, CREATE DOMAIN, Notes; ALTER DOMAIN',
  optIn: true,
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE DOMAIN quantity AS integer CHECK (VALUE > 0);',
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY, amount integer CHECK (amount > 0));',
    },
  ],
  on: ['create-domain', 'alter-domain'],

  check(change) {
    const name = `\`${display(change.domain)}\``;
    if (change.kind === 'create-domain') {
      const { checks, nullable } = change.definition;
      return checks.length > 0 || !nullable ? `The domain ${name} constrains its values.` : undefined;
    }
    const { kind } = change.action;
    return kind === 'add-check' || kind === 'set-not-null' ? `The domain ${name} gets a constraint more.` : undefined;
  },
});
