import { columnOf, type Table, tableOf } from '../../catalog.ts';
import type { ChangeOf, Column, Constraint } from '../../change.ts';
import { areComparable } from '../../facts/comparable-types.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const foreignKeyRefused = defineRule({
  id: 'foreign-key-refused',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A foreign key points at columns that are not unique, or whose type cannot be compared with its own',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Point it at the primary key or at columns with a unique constraint, and give both sides the same type',
  source: 'PostgreSQL manual, "Constraints", Foreign Keys; CREATE TABLE, REFERENCES',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE customers (id bigint PRIMARY KEY, code text);',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_code text REFERENCES customers (code));\nCREATE INDEX orders_customer ON orders (customer_code);',
      good: "SET lock_timeout = '2s';\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));\nCREATE INDEX orders_customer ON orders (customer_id);",
      fails: '42830',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE customers (id uuid PRIMARY KEY);',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id text REFERENCES customers (id));\nCREATE INDEX orders_customer ON orders (customer_id);',
      good: "SET lock_timeout = '2s';\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id uuid REFERENCES customers (id));\nCREATE INDEX orders_customer ON orders (customer_id);",
      fails: '42804',
    },
  ],
  on: ['create-table', 'add-constraint'],

  check(change, context) {
    for (const key of keysOf(change)) {
      const reason = reasonAgainst(key, change, context);
      if (reason !== undefined) return reason;
    }
    return undefined;
  },
});

type ForeignKey = Extract<Constraint, { kind: 'foreign-key' }>;
type Making = ChangeOf<'create-table' | 'add-constraint'>;

function keysOf(change: Making): readonly ForeignKey[] {
  const all = change.kind === 'create-table' ? change.constraints : [change.constraint];
  return all.filter((each) => each.kind === 'foreign-key');
}

function reasonAgainst(key: ForeignKey, change: Making, context: RuleContext): string | undefined {
  const target = targetOf(key, change, context);
  if (target === undefined || target.open) return undefined;
  const name = display(key.references);
  const columns = key.referencedColumns.length > 0 ? key.referencedColumns : primaryKeyOf(target);
  if (columns === undefined) return `\`${name}\` has no primary key that this foreign key could mean.`;
  if (columns.length !== key.columns.length)
    return `This foreign key has ${key.columns.length} columns, and points at ${columns.length} of \`${name}\`.`;
  const pairs = key.columns.map(
    (own, at) => [ownColumn(own, change, context), columnOf(target, columns[at] ?? '')] as const,
  );
  // A column that does not exist is another matter.
  if (pairs.some(([, other]) => other === undefined)) return undefined;
  if (!isUnique(target, columns))
    return `Nothing makes ${columns.map((column) => `\`${column}\``).join(', ')} of \`${name}\` unique, so no foreign key can point there.`;
  for (const [own, other] of pairs) {
    if (own === undefined || other === undefined || areComparable(own.type, other.type)) continue;
    return `\`${own.name}\` is \`${own.type}\` and cannot be compared with \`${other.name}\` of \`${name}\`, which is \`${other.type}\`.`;
  }
  return undefined;
}

/** The table referred to: it may be the very one that is being made. */
function targetOf(key: ForeignKey, change: Making, { before }: RuleContext): Table | undefined {
  if (change.kind !== 'create-table' || keyOf(key.references) !== keyOf(change.table))
    return tableOf(before, key.references);
  const isOpen =
    change.like !== undefined ||
    change.inherits !== undefined ||
    change.partitionOf !== undefined ||
    change.columnsFrom !== undefined ||
    change.ofType !== undefined;
  return { name: change.table, columns: change.columns, constraints: change.constraints, indexes: [], open: isOpen };
}

function primaryKeyOf({ constraints }: Table): readonly string[] | undefined {
  const key = constraints.find(({ kind }) => kind === 'primary-key');
  return key?.kind === 'primary-key' ? key.columns : undefined;
}

function ownColumn(name: string, change: Making, { before, siblings }: RuleContext): Column | undefined {
  if (change.kind === 'create-table') return change.columns.find((column) => column.name === name);
  const added = siblings.find((each) => each.kind === 'add-column' && each.column.name === name);
  if (added?.kind === 'add-column') return added.column;
  const table = tableOf(before, change.table);
  return table === undefined ? undefined : columnOf(table, name);
}

/** Whether a key or a whole unique index is over just these columns, in whatever order; one that is deferrable does not count. */
function isUnique({ constraints, indexes }: Table, columns: readonly string[]): boolean {
  const isOver = (names: readonly (string | undefined)[]) =>
    names.length === columns.length && columns.every((column) => names.includes(column));
  return (
    constraints.some(
      (each) =>
        (each.kind === 'primary-key' || each.kind === 'unique') &&
        each.deferrable === undefined &&
        isOver(each.columns),
    ) ||
    indexes.some(({ unique, where, keys }) => unique && where === undefined && isOver(keys.map(({ column }) => column)))
  );
}
