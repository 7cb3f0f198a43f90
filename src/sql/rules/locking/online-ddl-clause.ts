import type { Change, ChangeOf } from '../../change.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import type { ObjectName } from '../../name.ts';
import { defineRule } from '../../rule.ts';

const kinds = [
  'create-index',
  'drop-index',
  'add-column',
  'drop-column',
  'change-column-type',
  'add-constraint',
  'drop-constraint',
  'maintain',
] as const;
type Kind = (typeof kinds)[number];

export const onlineDdlClause = defineRule({
  id: 'online-ddl-clause',
  level: 'warning',
  category: 'locking',
  engines: ['mysql', 'mariadb'],
  when: 'A table that already exists is altered, or an index on it built, without an ALGORITHM or LOCK clause',
  effect:
    'Where the server cannot do it online, it copies the table and blocks every write meanwhile, without a word of warning',
  remedy:
    'State what you expect, such as ALGORITHM=INSTANT or ALGORITHM=INPLACE, LOCK=NONE, so that the statement fails at once where it is not possible',
  source:
    'MySQL manual, "Online DDL Performance and Concurrency" and "Online DDL Operations"; MariaDB documentation, "InnoDB Online DDL Overview"',
  examples: [
    {
      engine: 'mysql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: 'ALTER TABLE orders ADD INDEX orders_customer_id (customer_id);',
      good: 'ALTER TABLE orders ADD INDEX orders_customer_id (customer_id), ALGORITHM=INPLACE, LOCK=NONE;',
    },
    {
      engine: 'mariadb',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);',
      bad: 'CREATE INDEX orders_customer_id ON orders (customer_id);',
      good: 'CREATE INDEX orders_customer_id ON orders (customer_id) ALGORITHM=INPLACE LOCK=NONE;',
    },
  ],
  on: kinds,

  check(change, context) {
    const table = alteredTable(change);
    if (table === undefined || isStated(change) || !mayHoldRows(table, context)) return undefined;
    // One clause serves the whole statement, so its first change speaks for all.
    if (context.siblings.find(isAltering) !== change) return undefined;
    const message = `Nothing says how ${described(table, context)} may be altered: the server may copy it and block its writes.`;
    if (change.online !== undefined || !context.siblings.every(isAlwaysInPlace)) return message;
    return {
      message,
      fix: { description: 'Allow it only in place and beside writes', replacement: stated(context.statement) },
    };
  },
});

/** Work on partitions is left out: what clauses it takes depends on the kind of partitions. */
function alteredTable(change: ChangeOf<Kind>): ObjectName | undefined {
  if (change.kind === 'create-index') return change.index.table;
  if (change.kind === 'maintain' && (!change.what.startsWith('ALTER TABLE') || change.what.includes('PARTITION')))
    return undefined;
  return change.table;
}

function isAltering(change: Change): boolean {
  return (kinds as readonly string[]).includes(change.kind) && alteredTable(change as ChangeOf<Kind>) !== undefined;
}

/** DEFAULT says what saying nothing says. */
function isStated({ online = {} }: Change): boolean {
  return [online.algorithm, online.lock].some((value) => value !== undefined && value !== 'default');
}

/** What InnoDB always does in place and beside writes (MySQL manual, "Online DDL Operations"). */
function isAlwaysInPlace(change: Change): boolean {
  if (change.kind === 'create-index') return !/^(?:fulltext|spatial|vector)$/.test(change.index.method);
  if (change.kind === 'add-column')
    return change.column.identity === undefined && change.column.generated?.stored !== true;
  return change.kind === 'drop-index';
}

function stated(statement: string): string {
  return /^alter\b/i.test(statement)
    ? `${statement}, ALGORITHM=INPLACE, LOCK=NONE`
    : `${statement} ALGORITHM=INPLACE LOCK=NONE`;
}
