import { tableOf } from '../../catalog.ts';
import type { ChangeOf, Constraint } from '../../change.ts';
import { descendantsOf } from '../../facts/locks/relations.ts';
import { addThenValidate } from '../../facts/not-valid.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const foreignKeyNotValid = defineRule({
  id: 'foreign-key-not-valid',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A foreign key is added without NOT VALID to a table that already exists',
  effect: 'Writes to both tables, the one that refers and the one referred to, wait while every row is checked',
  remedy: 'Add the foreign key NOT VALID, and VALIDATE CONSTRAINT in a later migration, which lets writes go on',
  source: 'PostgreSQL manual, ALTER TABLE, ADD table_constraint [ NOT VALID ] and Notes',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE customers (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint); CREATE INDEX orders_customer ON orders (customer_id);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;",
    },
  ],
  on: ['add-constraint'],

  check(change, context) {
    const { table, constraint } = change;
    if (constraint.kind !== 'foreign-key' || !constraint.validated || !mayHoldRows(table, context)) return undefined;
    if (isNullEverywhere(change, context)) return undefined;
    const message = `Every row of ${described(table, context)} is checked against \`${display(constraint.references)}\` while writes to both tables wait.`;
    const isPartitioned = tableOf(context.before, table)?.partitionBy !== undefined;
    if (isPartitioned && context.version < 18) {
      if (isOnEachPartition(change, constraint, context)) return undefined;
      return `${message} Before PostgreSQL 18 a partitioned table takes no NOT VALID: add the key to each partition NOT VALID, validate those, and then add it here.`;
    }
    const replacement = addThenValidate(change, context);
    if (replacement === undefined) return message;
    return { message, fix: { description: 'Add it NOT VALID, then validate it', replacement } };
  },
});

type ForeignKey = Extract<Constraint, { kind: 'foreign-key' }>;

/**
 * A new column without a default is NULL in every row, so PostgreSQL has nothing to check; it does not look at what a default is,
 * be it NULL (source, transformAlterTableStmt; seen in test/sql/facts/locks.test.ts).
 */
function isNullEverywhere({ inline }: ChangeOf<'add-constraint'>, { siblings }: RuleContext): boolean {
  const made = siblings.find((each) => each.kind === 'add-column' && each.column.name === inline);
  if (made?.kind !== 'add-column') return false;
  const { default: value, identity, generated } = made.column;
  return value === undefined && identity === undefined && generated === undefined;
}

/** A partition's own valid key is taken over as it is (source, tryAttachPartitionForeignKey). */
function isOnEachPartition({ table }: ChangeOf<'add-constraint'>, key: ForeignKey, { before }: RuleContext): boolean {
  const partitions = descendantsOf(table, before).map((name) => tableOf(before, name));
  const hasKey = (each: Constraint) =>
    each.kind === 'foreign-key' &&
    each.validated &&
    keyOf(each.references) === keyOf(key.references) &&
    each.columns.join() === key.columns.join();
  return partitions.length > 0 && partitions.every((partition) => partition?.constraints.some(hasKey) === true);
}
