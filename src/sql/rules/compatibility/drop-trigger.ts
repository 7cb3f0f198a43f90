import { comesBack } from '../../facts/comes-back.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropTrigger = defineRule({
  id: 'drop-trigger',
  level: 'warning',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'A trigger of a table that already exists is dropped and not made again',
  effect: 'What it checked, filled in or recorded is no longer done, and nothing says so',
  remedy: 'Release code that does the same first, then drop the trigger',
  source: 'PostgreSQL manual, DROP TRIGGER',
  examples: [
    {
      engine: 'postgresql',
      given:
        "CREATE TABLE orders (id bigint PRIMARY KEY); CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER stamps BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp();",
      bad: "SET lock_timeout = '2s';\nDROP TRIGGER stamps ON orders;",
      good: { none: 'a trigger that has nothing left to do does no harm; dropping it is for a later day' },
    },
  ],
  on: ['drop-trigger'],

  check(change, context) {
    if (concernsNobody(change, context) || comesBack(change, context)) return undefined;
    return `What the trigger \`${change.trigger}\` does on \`${display(change.table)}\` is no longer done from here on.`;
  },
});
