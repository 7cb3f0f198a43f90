import { tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { soon } from '../../facts/soon.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const rowSecurityDisabled = defineRule({
  id: 'row-security-disabled',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'Row level security of a table is switched off, or no longer holds for its owner',
  effect:
    'Its policies stay in place and are no longer asked: every role with a privilege on the table sees and changes all rows',
  remedy: 'Leave it on, and give the role that must see all rows a policy of its own or BYPASSRLS',
  source: 'PostgreSQL manual, "Row Security Policies"; ALTER TABLE, DISABLE ROW LEVEL SECURITY',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, owner text); ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON orders USING (owner = current_user);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders DISABLE ROW LEVEL SECURITY;",
      good: "SET lock_timeout = '2s';\nCREATE POLICY support ON orders FOR SELECT USING (current_user = 'support');",
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, owner text); ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY own ON orders USING (owner = current_user);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders NO FORCE ROW LEVEL SECURITY;",
      good: "SET lock_timeout = '2s';\nCREATE POLICY support ON orders FOR SELECT USING (current_user = 'support');",
    },
  ],
  on: ['set-row-security'],
  inRoutines: true,

  check(change, context) {
    const { table, enabled, forced } = change;
    if (context.isNew(table) || isBackBelow(change, context)) return undefined;
    const known = tableOf(context.before, table);
    const wasOff = known !== undefined && !known.open && known.rowSecurity === undefined;
    if (wasOff && (known.policies ?? []).length === 0) return undefined;
    if (enabled === false)
      return `Every role with a privilege on \`${display(table)}\` now sees and changes all of its rows.`;
    if (forced !== false) return undefined;
    return { message: `The owner of \`${display(table)}\` is no longer held to its policies.`, level: 'notice' };
  },
});

/** Nobody else sees the table while it is off, if the same transaction switches it on again. */
function isBackBelow(
  { table, enabled, forced }: ChangeOf<'set-row-security'>,
  { inTransaction, following }: RuleContext,
) {
  if (!inTransaction) return false;
  for (const later of soon(following)) {
    if (later.kind === 'transaction' && later.verb === 'commit') return false;
    if (later.kind !== 'set-row-security' || keyOf(later.table) !== keyOf(table)) continue;
    if ((enabled === false && later.enabled === true) || (forced === false && later.forced === true)) return true;
  }
  return false;
}
