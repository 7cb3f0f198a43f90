import { concernsNobody } from '../../facts/newness.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropSequence = defineRule({
  id: 'drop-sequence',
  level: 'warning',
  category: 'data-loss',
  engines: ['postgresql'],
  when: 'A sequence that already exists is dropped',
  effect:
    'The number it has reached is lost, so that one made anew repeats numbers, and code that calls nextval on it fails',
  remedy: 'Make sure that no code draws from it, and keep its last value where the numbers must go on',
  source: 'PostgreSQL manual, DROP SEQUENCE; "Sequence Manipulation Functions"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE SEQUENCE invoice_numbers;',
      bad: "SET lock_timeout = '2s';\nDROP SEQUENCE invoice_numbers;",
      good: { none: 'the number it has reached is lost however it is dropped' },
    },
  ],
  on: ['drop-sequence'],

  check(change, context) {
    const { sequence } = change;
    if (concernsNobody(change, context)) return undefined;
    const owner = context.before.sequences.get(keyOf(sequence))?.ownedBy?.table;
    if (owner !== undefined && context.isNew(owner)) return undefined;
    return `Dropping the sequence \`${display(sequence)}\` loses the number it has reached, and code that still draws from it fails.`;
  },
});
