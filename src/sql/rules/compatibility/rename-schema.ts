import { concernsNobody } from '../../facts/newness.ts';
import { defineRule } from '../../rule.ts';

export const renameSchema = defineRule({
  id: 'rename-schema',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'A schema that already exists is renamed',
  effect:
    'Every name in it changes at once, also in search_path settings and in the bodies of functions, and running code fails',
  remedy: 'Make the new schema with views of the tables in the old one, move the code over, and move the tables later',
  source: 'PostgreSQL manual, ALTER SCHEMA; "The Schema Search Path"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE SCHEMA shop_then; CREATE TABLE shop_then.orders (id bigint PRIMARY KEY);',
      bad: 'ALTER SCHEMA shop_then RENAME TO store_then;',
      good: 'CREATE SCHEMA store_now;\nCREATE VIEW store_now.orders AS SELECT 1 AS id;',
    },
  ],
  on: ['rename-schema'],

  check(change, context) {
    if (concernsNobody(change, context)) return undefined;
    return `The schema \`${change.schema}\` becomes \`${change.to}\` while running code still uses its old name.`;
  },
});
