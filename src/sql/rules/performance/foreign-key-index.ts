import type { Table } from '../../catalog.ts';
import type { ChangeOf, Constraint } from '../../change.ts';
import { pathsAhead } from '../../facts/ahead.ts';
import { tableAtEnd } from '../../facts/at-end.ts';
import { changesOf } from '../../facts/changes.ts';
import { accessPaths, findsBy } from '../../facts/indexes.ts';
import { display } from '../../name.ts';
import { defineFileRule, type FileContext } from '../../rule.ts';

type ForeignKey = Extract<Constraint, { kind: 'foreign-key' }>;
type Making = ChangeOf<'create-table' | 'add-constraint'>;

/** A table of so few rows is read as a whole in a moment. */
const small = 10_000;

export const foreignKeyIndex = defineFileRule({
  id: 'foreign-key-index',
  level: 'warning',
  category: 'performance',
  // MySQL and MariaDB make the index themselves (manual, "FOREIGN KEY Constraints").
  engines: ['postgresql'],
  when: 'A foreign key is added, and no index begins with its columns',
  effect:
    'Each delete in the referenced table, and each change of its key, reads the whole referencing table while its row is locked, and joins along the key are slow as well',
  remedy:
    'Build an index on the columns of the foreign key CONCURRENTLY, or leave a comment why nothing is deleted there',
  source: 'PostgreSQL manual, "Foreign Keys": the referencing columns are not indexed by the constraint',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE customers (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;",
      good: "CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);\nSET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;",
    },
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));',
      good: 'CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));\nCREATE INDEX orders_customer_id_idx ON orders (customer_id);',
    },
  ],

  checkFile(context) {
    return changesOf(context.script, ['create-table', 'add-constraint']).flatMap((change) =>
      foreignKeysOf(change).flatMap((key) => {
        const table = unserved(change, key, context);
        if (table === undefined) return [];
        const columns = key.columns.map((column) => `\`${column}\``).join(', ');
        const harm = `deleting from \`${display(key.references)}\` reads all of it for every row`;
        const name = `\`${display(change.table)}\``;
        if (!table.open)
          return [{ message: `No index of ${name} begins with ${columns}, so ${harm}.`, span: change.span }];
        const message = `Unless an index of ${name} begins with ${columns}, ${harm}.`;
        return [{ message, span: change.span, level: 'notice' as const }];
      }),
    );
  },
});

function foreignKeysOf(change: Making): readonly ForeignKey[] {
  if (change.kind === 'add-constraint') return change.constraint.kind === 'foreign-key' ? [change.constraint] : [];
  return change.temporary ? [] : change.constraints.filter((each) => each.kind === 'foreign-key');
}

/**
 * The table, where no index that is known serves the key. Of what is dropped again in the same file nothing is said.
 */
function unserved(change: Making, key: ForeignKey, context: FileContext): Table | undefined {
  if ((context.rows(change.table) ?? small) < small) return undefined;
  const table = tableAtEnd(context, change, change.table);
  if (table === undefined || !table.constraints.some((each) => isIt(each, key))) return undefined;
  const paths = [...accessPaths(table), ...pathsAhead(context, table.name)];
  return paths.some((path) => findsBy(path, key.columns)) ? undefined : table;
}

/** The table that it refers to may have another name by now. */
function isIt(constraint: Constraint, { columns }: ForeignKey): boolean {
  return constraint.kind === 'foreign-key' && constraint.columns.join() === columns.join();
}
