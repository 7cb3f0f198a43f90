import { tableOf } from '../../catalog.ts';
import { changesOf, isAhead, runsUnseen } from '../../facts/row-security.ts';
import { display } from '../../name.ts';
import { defineFileRule } from '../../rule.ts';

export const rowSecurityWithoutPolicy = defineFileRule({
  id: 'row-security-without-policy',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'Row level security is on, and the table has no policy',
  effect:
    'Nobody but the owner and superusers sees or writes a row any more, and no query fails: the application finds the table empty',
  remedy: 'Make the policies in the same migration, before row security is switched on',
  source: 'PostgreSQL manual, "Row Security Policies": without a policy, default-deny is used',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, owner text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ENABLE ROW LEVEL SECURITY;",
      good: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nCREATE POLICY own ON orders USING (owner = current_user);\nALTER TABLE orders ENABLE ROW LEVEL SECURITY;\nCOMMIT;",
    },
  ],

  checkFile(context) {
    const { script, after } = context;
    const verdicts = changesOf(script, 'set-row-security', 'drop-policy').flatMap((change) => {
      if (change.kind === 'set-row-security' && change.enabled !== true) return [];
      const table = tableOf(after, change.table);
      if (table?.rowSecurity?.enabled !== true || (table.policies ?? []).length > 0) return [];
      if (isAhead('policies', context, change.table)) return [];
      const message = `No policy lets anybody see a row of \`${display(change.table)}\`.`;
      // Of a table that is not known, policies may have been there before.
      return [{ message, span: change.span, ...(table.open ? { level: 'notice' as const } : {}) }];
    });
    return verdicts.length > 0 && runsUnseen(script) ? [] : verdicts;
  },
});
