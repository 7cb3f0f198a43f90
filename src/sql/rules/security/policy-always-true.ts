import { type Policy, tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { isOpenTo, isRestricted } from '../../facts/row-security.ts';
import { soon } from '../../facts/soon.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const policyAlwaysTrue = defineRule({
  id: 'policy-always-true',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'A permissive policy is true for every row',
  effect:
    'Policies are joined by OR, so that the table is as open as without row security, whatever the other policies say',
  remedy:
    "Write the condition that a row must meet, such as `owner_id = (SELECT current_setting('app.user_id')::bigint)`, and name the roles with TO",
  source: 'PostgreSQL manual, CREATE POLICY; "Row Security Policies"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, owner text); ALTER TABLE orders ENABLE ROW LEVEL SECURITY;',
      bad: "SET lock_timeout = '2s';\nCREATE POLICY everybody ON orders USING (true);",
      good: "SET lock_timeout = '2s';\nCREATE POLICY own ON orders USING (owner = current_user);",
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, owner text); ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON orders FOR INSERT WITH CHECK (owner = current_user);',
      bad: "SET lock_timeout = '2s';\nALTER POLICY own ON orders WITH CHECK (true);",
      good: "SET lock_timeout = '2s';\nALTER POLICY own ON orders WITH CHECK (owner = session_user);",
    },
  ],
  on: ['create-policy', 'alter-policy'],

  check(change, context) {
    const policy = after(change, context);
    if (policy === undefined || isForServers(policy)) return undefined;
    const isWritable = isOpenTo(policy, 'write');
    const isReadable = isOpenTo(policy, 'read') && policy.roles.includes('public');
    if ((!isWritable && !isReadable) || hasOpposite(change, context)) return undefined;
    const { name, roles } = policy;
    const who = roles.includes('public') ? 'every role' : roles.map((role) => `\`${role}\``).join(', ');
    const where = `of \`${display(change.table)}\``;
    if (isWritable) return `Policy \`${name}\` lets ${who} write every row ${where}.`;
    return { message: `Policy \`${name}\` lets every role read every row ${where}.`, level: 'notice' };
  },
});

function after(change: ChangeOf<'create-policy' | 'alter-policy'>, { before }: RuleContext): Policy | undefined {
  if (change.kind === 'create-policy') return { ...change, name: change.policy };
  const known = tableOf(before, change.table)?.policies?.find(({ name }) => name === change.policy);
  const { roles, using, withCheck } = change;
  if (known === undefined) return undefined;
  return {
    ...known,
    ...(roles === undefined ? {} : { roles }),
    ...(using === undefined ? {} : { using }),
    ...(withCheck === undefined ? {} : { withCheck }),
  };
}

/** Roles of servers and administrators, which would else have BYPASSRLS. */
function isForServers({ roles }: Policy): boolean {
  return roles.every((role) =>
    /^(?:service_role|postgres|supabase_\w+|\w*(?:admin|owner|superuser|migrat)\w*|current_user)$/i.test(role),
  );
}

/** The usual pair: one policy lets everything pass, a restrictive one says what does not. */
function hasOpposite(
  { table }: ChangeOf<'create-policy' | 'alter-policy'>,
  { before, following }: RuleContext,
): boolean {
  if (isRestricted(tableOf(before, table) ?? {})) return true;
  for (const later of soon(following)) {
    if (later.kind === 'create-policy' && !later.permissive && keyOf(later.table) === keyOf(table)) return true;
  }
  return false;
}
