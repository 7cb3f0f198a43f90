import { comesBack } from '../../facts/comes-back.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { isForTriggers } from '../../facts/routines.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropFunction = defineRule({
  id: 'drop-function',
  level: 'warning',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'A function, procedure or aggregate that already exists is dropped and not made again',
  effect:
    'Code that still calls it fails, and so do other functions whose bodies call it, which PostgreSQL does not check',
  remedy:
    'Release code that does not call it first, then drop it; change it with CREATE OR REPLACE instead of dropping it',
  source: 'PostgreSQL manual, DROP FUNCTION; DROP ROUTINE; "Dependency Tracking"',
  examples: [
    {
      engine: 'postgresql',
      given: "CREATE FUNCTION tax(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount * 0.2';",
      bad: 'DROP FUNCTION tax(numeric);',
      good: "CREATE OR REPLACE FUNCTION tax(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount * 0.19';",
    },
  ],
  on: ['drop-function'],

  check(change, context) {
    if (concernsNobody(change, context) || comesBack(change, context)) return undefined;
    // PostgreSQL refuses to drop it as long as a trigger calls it.
    if (isForTriggers(context.before.functions.get(keyOf(change.function)))) return undefined;
    return `Code that still calls the ${change.what.toLowerCase()} \`${display(change.function)}\` fails once it is dropped.`;
  },
});
