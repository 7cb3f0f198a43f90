import { nameObjects, obstacles } from '../../facts/dependants/index.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { defineRule } from '../../rule.ts';

export const dropSchema = defineRule({
  id: 'drop-schema',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A schema that already exists is dropped, or with MySQL and MariaDB a database',
  effect:
    'With CASCADE, and always with MySQL, every table in it is gone with its rows, and code that still uses it fails',
  remedy: 'Drop by name what is in the schema, each with the approval it needs, and the empty schema last',
  source: 'PostgreSQL manual, DROP SCHEMA; MySQL manual, "DROP DATABASE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE SCHEMA audit_old; CREATE TABLE audit_old.entries (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nDROP SCHEMA audit_old CASCADE;",
      good: { none: 'the rows in it are gone however it is written; an approval is given with an ignore comment' },
    },
    {
      engine: 'mysql',
      bad: 'DROP DATABASE shop;',
      good: { none: 'a database is gone however it is dropped' },
    },
  ],
  on: ['drop-schema'],

  check(change, context) {
    if (concernsNobody(change, context)) return undefined;
    const { schema, cascade } = change;
    const inside = obstacles(context.before, { kind: 'schema', name: { name: schema } });
    if (!cascade) {
      // RESTRICT destroys nothing: it stops where anything is left.
      const message = `Dropping the schema \`${schema}\` succeeds only if it is empty, and code that still names it fails.`;
      return context.before.schemas.has(schema) && inside.length === 0 ? undefined : { message, level: 'warning' };
    }
    const kind = context.engine === 'postgresql' ? 'schema' : 'database';
    if (inside.length === 0 && context.before.schemas.has(schema)) {
      const message = `Nothing that is known here is in the ${kind} \`${schema}\`, but CASCADE destroys whatever there is.`;
      return { message, level: 'warning' };
    }
    const what = inside.length === 0 ? 'everything in it' : nameObjects(inside);
    return `Dropping the ${kind} \`${schema}\` destroys ${what}.`;
  },
});
