import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const noEnums = defineRule({
  id: 'no-enums',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'An enum type is made',
  effect: 'Its values can be added to and renamed, but never removed or put in another order',
  remedy: 'Use a lookup table with a foreign key, or a text column with a CHECK',
  source: 'PostgreSQL manual, "Enumerated Types", Implementation Details',
  examples: [
    {
      engine: 'postgresql',
      bad: "CREATE TYPE order_state AS ENUM ('open', 'paid');",
      good: "CREATE TABLE orders (id bigint PRIMARY KEY, state text NOT NULL CHECK (state IN ('open', 'paid')));",
    },
  ],
  on: ['create-enum'],

  check({ type }) {
    return `\`${display(type)}\` is an enum, whose values cannot be removed later.`;
  },
});
