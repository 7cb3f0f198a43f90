import type { Change, ChangeOf } from '../../change.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const renameColumn = defineRule({
  id: 'rename-column',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A column of a table or view that already exists is renamed',
  effect: 'Code that is running still uses the old name, and fails from this moment on',
  remedy: 'Add a column of the new name, keep both filled, move the code over, and drop the old one later',
  source: 'PostgreSQL manual, ALTER TABLE, RENAME; MySQL manual, "ALTER TABLE Statement"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders RENAME COLUMN note TO remark;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN remark text;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders RENAME note TO remark;",
      good: "SET lock_timeout = '2s';\nBEGIN;\nALTER TABLE orders RENAME TO orders_kept;\nALTER TABLE orders_kept RENAME note TO remark;\nCREATE VIEW orders AS SELECT id, remark AS note FROM orders_kept;\nCOMMIT;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE VIEW order_ids AS SELECT id FROM orders;',
      bad: "SET lock_timeout = '2s';\nALTER VIEW order_ids RENAME COLUMN id TO order_id;",
      good: 'CREATE VIEW ids_of_orders AS SELECT id AS order_id FROM orders;',
    },
  ],
  on: ['rename-column'],

  check(change, context) {
    if (concernsNobody(change, context) || isShownByView(change, context)) return undefined;
    const { table, column, to } = change;
    return `\`${column}\` of \`${display(table)}\` becomes \`${to}\` while running code still uses its old name.`;
  },
});

/** Whether a view takes the name that code knows the table by, and shows the column under its old name. */
function isShownByView({ table, column }: ChangeOf<'rename-column'>, { earlier, following }: RuleContext): boolean {
  const names = new Set([keyOf(table), ...earlier.flatMap((each) => formerName(each, keyOf(table)))]);
  for (const later of following()) {
    if (later.kind === 'create-view' && names.has(keyOf(later.view)) && later.columns?.includes(column) === true)
      return true;
  }
  return false;
}

function formerName(change: Change, now: string): readonly string[] {
  const isMeant = change.kind === 'rename-table' && keyOf({ ...change.table, name: change.to }) === now;
  return isMeant ? [keyOf(change.table)] : [];
}
