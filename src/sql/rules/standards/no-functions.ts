import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const noFunctions = defineRule({
  id: 'no-functions',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'A function or procedure is made',
  effect:
    'Logic lives in the database, where it is deployed, tested and seen apart from the application that relies on it',
  remedy: 'Keep the logic in the application, or allow this one with a comment that says why',
  source: 'A choice of teams that keep logic out of the database; PostgreSQL manual, CREATE FUNCTION',
  examples: [
    {
      engine: 'postgresql',
      bad: "CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x * 2';",
      good: 'CREATE TABLE numbers (id bigint PRIMARY KEY, twice bigint GENERATED ALWAYS AS (id * 2) STORED);',
    },
  ],
  on: ['create-function'],

  check({ function: name, definition }) {
    return `\`${display(name)}\` is a ${definition.procedure ? 'procedure' : 'function'}.`;
  },
});
