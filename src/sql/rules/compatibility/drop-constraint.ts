import { tableOf } from '../../catalog.ts';
import type { Constraint } from '../../change.ts';
import { comesBack, getsPrimaryKey, isReplaced } from '../../facts/comes-back.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { display } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const dropConstraint = defineRule({
  id: 'drop-constraint',
  level: 'warning',
  category: 'compatibility',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A key or foreign key of a table that already exists is dropped and not put back',
  effect:
    'What it guaranteed no longer holds: duplicates or orphans come in, ON CONFLICT fails without its unique index, and so does replication without a primary key',
  remedy:
    'Release code that does not rely on the guarantee first; make a new key before the old one goes, from an index that was built concurrently',
  source:
    'PostgreSQL manual, ALTER TABLE, DROP CONSTRAINT; INSERT, "ON CONFLICT Clause"; "Logical Replication", Publication; MySQL manual, "ALTER TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE people DROP CONSTRAINT people_email_key;",
      good: { none: 'a guarantee that nobody relies on does no harm when it goes; dropping it is for a later day' },
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE customers (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT of_customer REFERENCES customers); CREATE INDEX ON orders (customer_id);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders DROP CONSTRAINT of_customer;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders DROP CONSTRAINT of_customer, ADD CONSTRAINT of_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE NOT VALID;",
    },
  ],
  on: ['drop-constraint'],

  check(change, context) {
    if (concernsNobody(change, context) || comesBack(change, context)) return undefined;
    const { table, name } = change;
    const known = tableOf(context.before, table);
    const constraint = known?.constraints.find((each) => each.name === name);
    if (constraint === undefined) return guessed(name, display(table), known !== undefined && !known.open);
    if (isReplaced(constraint, table, context) || isImplied(constraint, change, context)) return undefined;
    const isKeyless = !getsPrimaryKey(table, context);
    const loss = lossOf(constraint, `\`${display(table)}\``, isKeyless);
    return loss === undefined ? undefined : `Without \`${name}\` ${loss}.`;
  },
});

/** Checks loosen what may be written, which harms nobody who is there already; NOT NULL is a rule of its own. */
function lossOf(constraint: Constraint, table: string, isKeyless: boolean): string | undefined {
  switch (constraint.kind) {
    case 'primary-key':
      if (!isKeyless) return lossOf({ ...constraint, kind: 'unique' }, table, isKeyless);
      return `nothing tells the rows of ${table} apart, ON CONFLICT (${constraint.columns.join(', ')}) fails, and its updates are no longer replicated`;
    case 'unique':
      return `duplicates come into ${table}, and ON CONFLICT (${constraint.columns.join(', ')}) fails`;
    case 'exclusion':
      return `rows that exclude each other come into ${table}`;
    case 'foreign-key':
      return `rows of ${table} may refer to nothing in \`${display(constraint.references)}\`, and deletes there no longer take notice of them`;
    case 'check':
    case 'not-null':
      return undefined;
  }
}

/** Of a constraint that nobody knows, the usual names tell the kind; one that a known table lacks is another rule's. */
function guessed(name: string, table: string, isKnown: boolean): string | undefined {
  const isGuarantee = /(?:^|_)(?:primary|pkey|pk|key|unique|uniq|uq|uk|fkey|fk|excl)(?:_|$)/i.test(name);
  if (isKnown || !isGuarantee) return undefined;
  return `What \`${name}\` guarantees of \`${table}\` no longer holds from here on.`;
}

/** Another unique constraint or index demands the same of the same columns. */
function isImplied(
  constraint: Constraint,
  { table }: { readonly table: Parameters<typeof tableOf>[1] },
  { before }: RuleContext,
): boolean {
  if (constraint.kind !== 'unique') return false;
  const known = tableOf(before, table);
  const columns = constraint.columns.toSorted().join();
  const others = known?.constraints.filter(
    (each) => each !== constraint && (each.kind === 'unique' || each.kind === 'primary-key'),
  );
  const isSame = (each: readonly (string | undefined)[]) => each.toSorted().join() === columns;
  return (
    others?.some((each) => 'columns' in each && isSame(each.columns)) === true ||
    known?.indexes.some(
      ({ unique, where, keys }) => unique && where === undefined && isSame(keys.map(({ column }) => column)),
    ) === true
  );
}
