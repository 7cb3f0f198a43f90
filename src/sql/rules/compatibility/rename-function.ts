import { comesBack } from '../../facts/comes-back.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { isForTriggers } from '../../facts/routines.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const renameFunction = defineRule({
  id: 'rename-function',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'A function or procedure that already exists is renamed or moved to another schema, and nothing takes its old name',
  effect:
    'Code that is running still calls it by the old name and fails, and so do other functions whose bodies call it, which PostgreSQL does not check',
  remedy: 'Make a second function of the new name, move the code over, and drop the old one later',
  source: 'PostgreSQL manual, ALTER FUNCTION; "Dependency Tracking"',
  examples: [
    {
      engine: 'postgresql',
      given: "CREATE FUNCTION tax(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount * 0.2';",
      bad: 'ALTER FUNCTION tax(numeric) RENAME TO vat;',
      good: "CREATE FUNCTION vat(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT amount * 0.2';",
    },
  ],
  on: ['rename-function'],

  check(change, context) {
    if (concernsNobody(change, context) || comesBack(change, context)) return undefined;
    if (isForTriggers(context.before.functions.get(keyOf(change.function)))) return undefined;
    return `The function \`${display(change.function)}\` becomes \`${display(change.to)}\` while running code still calls it by its old name.`;
  },
});
