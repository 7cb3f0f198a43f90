import { tableOf } from '../../catalog.ts';
import { changesOf, isAhead, runsUnseen } from '../../facts/row-security.ts';
import { display } from '../../name.ts';
import { defineFileRule } from '../../rule.ts';

export const policyWithoutRowSecurity = defineFileRule({
  id: 'policy-without-row-security',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'A policy is made for a table whose row level security is off',
  effect:
    'The policy is not asked: every role with a privilege on the table sees all rows, while the schema looks protected',
  remedy: 'Add `ALTER TABLE ... ENABLE ROW LEVEL SECURITY` after the policies',
  source:
    'PostgreSQL manual, CREATE POLICY: row-level security must be enabled on the table for policies to be applied',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, owner text);',
      bad: "SET lock_timeout = '2s';\nCREATE POLICY own ON orders USING (owner = current_user);",
      good: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nCREATE POLICY own ON orders USING (owner = current_user);\nALTER TABLE orders ENABLE ROW LEVEL SECURITY;\nCOMMIT;",
    },
  ],

  checkFile(context) {
    const { script, after } = context;
    const verdicts = changesOf(script, 'create-policy').flatMap(({ table: name, policy, span }) => {
      const table = tableOf(after, name);
      // Of a table that is not known, row security may be on.
      if (table === undefined || table.open || table.rowSecurity?.enabled === true) return [];
      if (!(table.policies ?? []).some((each) => each.name === policy)) return [];
      if (isAhead('enabled', context, name)) return [];
      return [
        { message: `Policy \`${policy}\` has no effect: row level security of \`${display(name)}\` is off.`, span },
      ];
    });
    return verdicts.length > 0 && runsUnseen(script) ? [] : verdicts;
  },
});
