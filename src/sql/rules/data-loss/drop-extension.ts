import { nameObjects, obstacles } from '../../facts/dependants/index.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { defineRule } from '../../rule.ts';

export const dropExtension = defineRule({
  id: 'drop-extension',
  level: 'warning',
  category: 'data-loss',
  engines: ['postgresql'],
  when: 'An extension is dropped',
  effect: 'Its types, functions, operators and own tables go with it, and queries that use them fail',
  remedy: 'Move columns, indexes and queries off the extension first, and never write CASCADE',
  source: 'PostgreSQL manual, DROP EXTENSION',
  examples: [
    {
      engine: 'postgresql',
      bad: 'DROP EXTENSION IF EXISTS pg_trgm;',
      good: { none: 'an extension that nobody uses does no harm; dropping it is for a later day' },
    },
  ],
  on: ['drop-extension'],

  check(change, context) {
    if (concernsNobody(change, context)) return undefined;
    const { extension, cascade } = change;
    const users = obstacles(context.before, { kind: 'extension', name: { name: extension } });
    const message = `Dropping the extension \`${extension}\` takes its types, functions and operators away`;
    if (users.length === 0) return `${message}, and queries that use them fail.`;
    const fate = cascade ? `, and ${nameObjects(users)} with them` : `, which ${nameObjects(users)} need`;
    return { message: `${message}${fate}.`, level: cascade ? 'error' : 'warning' };
  },
});
