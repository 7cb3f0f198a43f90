import type { Change, ChangeOf } from '../../change.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const triggerLock = defineRule({
  id: 'trigger-lock',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'Triggers of a table that already exists are disabled',
  effect:
    'They are off for every session, not only for this one, and writes wait until the transaction ends; with ALL, foreign keys are off as well, and rows written meanwhile are never checked',
  remedy:
    'As a superuser, write `SET LOCAL session_replication_role = replica;` in the transaction that must do without triggers: it takes no lock and concerns nobody else',
  source:
    'PostgreSQL manual, ALTER TABLE, DISABLE/ENABLE TRIGGER; "Client Connection Defaults", session_replication_role',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders DISABLE TRIGGER ALL;",
      good: "BEGIN;\nSET LOCAL session_replication_role = replica;\nUPDATE orders SET note = '' WHERE id = 1;\nCOMMIT;",
    },
  ],
  on: ['toggle-trigger'],

  check(change, context) {
    if (change.enabled || !mayHoldRows(change.table, context)) return undefined;
    const table = described(change.table, context);
    const what = change.trigger === undefined ? 'The triggers' : `The trigger \`${change.trigger}\``;
    if (context.inTransaction && [...context.following()].some((each) => enables(each, change)))
      return `${what} of ${table} cannot be disabled for one session: everybody’s writes to it wait until this transaction ends.`;
    return `${what} of ${table} ${change.trigger === undefined ? 'are' : 'is'} off for every session from here on, and nothing makes up for what is written meanwhile.`;
  },
});

function enables(change: Change, { table, trigger }: ChangeOf<'toggle-trigger'>): boolean {
  if (change.kind !== 'toggle-trigger' || !change.enabled || keyOf(change.table) !== keyOf(table)) return false;
  return change.trigger === undefined || change.trigger === trigger;
}
