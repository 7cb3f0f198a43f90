import { comesBack } from '../../facts/comes-back.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropType = defineRule({
  id: 'drop-type',
  level: 'warning',
  category: 'data-loss',
  engines: ['postgresql'],
  when: 'A type or domain that already exists is dropped',
  effect: 'Code that casts to it fails, and with CASCADE every column of the type is dropped with its values',
  remedy: 'Give columns of the type another one first, release code that does not name it, and never write CASCADE',
  source: 'PostgreSQL manual, DROP TYPE; DROP DOMAIN',
  examples: [
    {
      engine: 'postgresql',
      given: "CREATE TYPE mood AS ENUM ('sad', 'fine');",
      bad: 'DROP TYPE mood;',
      good: { none: 'a type that nobody uses does no harm; dropping it is for a later day' },
    },
    {
      engine: 'postgresql',
      given: 'CREATE DOMAIN positive AS integer;',
      bad: 'DROP DOMAIN IF EXISTS positive;',
      good: { none: 'a domain that nobody uses does no harm; dropping it is for a later day' },
    },
  ],
  on: ['drop-type'],

  check(change, context) {
    const { type, cascade } = change;
    // The old type of a swap: nobody knows it by the name that this file gave it.
    const isRenamed = context.earlier.some(
      (each) => each.kind === 'rename-type' && keyOf({ ...each.type, name: each.to }) === keyOf(type),
    );
    if (isRenamed && !cascade) return undefined;
    if (concernsNobody(change, context)) return undefined;
    if (!cascade && comesBack(change, context)) return undefined;
    const what = change.domain === true ? 'domain' : 'type';
    if (cascade) {
      return {
        message: `Dropping the ${what} \`${display(type)}\` drops every column of it, values included.`,
        level: 'error',
      };
    }
    return `Code that still names the ${what} \`${display(type)}\` fails once it is dropped.`;
  },
});
