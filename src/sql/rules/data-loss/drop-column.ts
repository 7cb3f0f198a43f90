import { type Catalog, columnOf, tableOf } from '../../catalog.ts';
import { dependants, nameObjects, type SchemaObject } from '../../facts/dependants/index.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { described } from '../../facts/rows.ts';
import type { ObjectName } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const dropColumn = defineRule({
  id: 'drop-column',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A column of a table that already exists is dropped',
  effect: 'Its values are gone for good, its indexes and constraints go with it, and code that still names it fails',
  remedy: 'Release code that does not use the column first, keep a copy of its values, and have the drop approved',
  source: 'PostgreSQL manual, ALTER TABLE, DROP COLUMN; MySQL manual, "ALTER TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders DROP COLUMN note;",
      good: {
        none: 'dropping a column destroys its values however it is written; an approval is given with an ignore comment',
      },
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, shop bigint, number bigint, UNIQUE (shop, number)); CREATE INDEX orders_shop_idx ON orders (shop, id);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders DROP COLUMN IF EXISTS shop;",
      good: { none: 'the values are gone, and so are the constraint and the index over several columns' },
    },
  ],
  on: ['drop-column'],

  check(change, context) {
    if (concernsNobody(change, context)) return undefined;
    const { table, column } = change;
    const name = `\`${column}\``;
    const of = described(table, context);
    // MySQL only takes the column out of an index over several (manual, "ALTER TABLE Statement").
    const parts = context.engine === 'postgresql' ? partsOf(table, column, context.before) : [];
    const along =
      parts.length === 0 ? '' : ` ${capital(nameObjects(parts))} ${parts.length === 1 ? 'goes' : 'go'} with it.`;
    const known = tableOf(context.before, table);
    const facts = known === undefined ? undefined : columnOf(known, column);
    if (facts?.generated !== undefined) {
      const message = `Dropping the generated column ${name} of ${of} loses nothing that cannot be computed again, but code that still names it fails.${along}`;
      return { message, level: 'warning' };
    }
    if (/\b(?:unused|deprecated|obsolete|do not use|to be (?:dropped|removed))\b/i.test(facts?.comment ?? ''))
      return `${name} of ${of} is marked as no longer used, so that no code should miss it; its values are lost for good all the same.${along}`;
    const message = `Dropping ${name} destroys its values in ${of}, and code that still names it fails.${along}`;
    return context.rows(table) === 0 ? { message, level: 'warning' } : message;
  },
});

/** What PostgreSQL drops without a word: indexes, constraints, and sequences that the column owns. */
function partsOf(table: ObjectName, column: string, catalog: Catalog): readonly SchemaObject[] {
  return dependants(catalog, { kind: 'column', of: table, part: column }).flatMap(({ object, automatic }) =>
    automatic && object.kind !== 'column' ? [object] : [],
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
