import type { Change, ChangeOf } from '../../change.ts';
import { maySplit } from '../../facts/replacements.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { quoteName } from '../../quote.ts';
import { defineRule } from '../../rule.ts';

export const concurrentIfNotExists = defineRule({
  id: 'concurrent-if-not-exists',
  level: 'notice',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS stands without a DROP INDEX of the same name before it',
  effect:
    'A build that failed or was cancelled leaves an invalid index behind, which the next run takes for the real one: queries do not use it, and a unique one proves nothing of old rows',
  remedy: 'Write `DROP INDEX CONCURRENTLY IF EXISTS name;` before it, so that a second run builds the index again',
  source: 'PostgreSQL manual, CREATE INDEX, "Building Indexes Concurrently"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer ON orders (customer_id);',
      good: 'DROP INDEX CONCURRENTLY IF EXISTS orders_customer;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer ON orders (customer_id);',
    },
  ],
  on: ['create-index'],

  check(change, context) {
    const { index, concurrently, ifNotExists } = change;
    if (!concurrently || !ifNotExists || index.name === undefined || context.isNew(index.table)) return undefined;
    const name = nameOf(change);
    if (context.earlier.some((each) => drops(each, name))) return undefined;
    const message = `If a build of \`${index.name}\` failed before, this finds its invalid remains and builds nothing.`;
    const level = index.unique ? 'warning' : 'notice';
    if (!maySplit(change, context)) return { message, level };
    const replacement = `DROP INDEX CONCURRENTLY IF EXISTS ${quoteName(name)};\n${context.statement}`;
    return { message, level, fix: { description: 'Drop what a failed build may have left', replacement } };
  },
});

/** An index lives in the schema of its table. */
function nameOf({ index }: ChangeOf<'create-index'>): ObjectName {
  return { ...index.table, name: index.name ?? '' };
}

function drops(change: Change, name: ObjectName): boolean {
  return change.kind === 'drop-index' && keyOf(change.index) === keyOf(name);
}
