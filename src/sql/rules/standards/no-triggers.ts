import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const noTriggers = defineRule({
  id: 'no-triggers',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'A trigger is made',
  effect: 'Writes do more than they say, which readers of the application do not see and bulk loads pay for row by row',
  remedy:
    'Do it in the application or in one procedure that is called by name, or allow this one with a comment that says why',
  source: 'PostgreSQL manual, "Overview of Trigger Behavior"',
  examples: [
    {
      engine: 'postgresql',
      bad: "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\nCREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();",
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY, touched_at timestamptz NOT NULL DEFAULT now());',
    },
  ],
  on: ['create-trigger'],

  check({ table, trigger }) {
    return `The trigger \`${trigger}\` hangs behaviour on writes to \`${display(table)}\`.`;
  },
});
