import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const indexMethods = defineRule({
  id: 'index-methods',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'An index is of a method that the option `allowed` does not name',
  effect: 'Each method has limits of its own, which whoever looks after the database has to know',
  remedy: 'Use one of the methods that are agreed on, or allow this index with a comment that says why',
  source: 'PostgreSQL manual, "Index Types"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, code text);',
      bad: 'CREATE INDEX CONCURRENTLY orders_code_idx ON orders USING hash (code);',
      good: 'CREATE INDEX CONCURRENTLY orders_code_idx ON orders (code);',
    },
  ],
  on: ['create-index'],
  options: { allowed: ['btree', 'gin', 'gist'] as readonly string[] },
  optionDocs: { allowed: 'the names of the methods' },

  check({ index: { table, method } }, { options }) {
    if (options.allowed.includes(method)) return undefined;
    return `This index of \`${display(table)}\` is of the method ${method}.`;
  },
});
