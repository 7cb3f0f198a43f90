import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const policyFunctionPerRow = defineRule({
  id: 'policy-function-per-row',
  level: 'notice',
  category: 'performance',
  engines: ['postgresql'],
  when: 'A policy calls a function that gives the same for every row, such as auth.uid() or current_setting(), outside a subquery',
  effect: 'The function runs once for every row that a query looks at, which makes a scan many times slower',
  remedy: 'Put the call into a subquery of its own, such as `owner_id = (SELECT auth.uid())`, which runs once a query',
  source: 'PostgreSQL manual, "Function Volatility Categories"; Supabase, database linter, auth_rls_initplan',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, owner text); ALTER TABLE orders ENABLE ROW LEVEL SECURITY;',
      bad: "SET lock_timeout = '2s';\nCREATE POLICY own ON orders USING (owner = current_setting('app.user'));",
      good: "SET lock_timeout = '2s';\nCREATE POLICY own ON orders USING (owner = (SELECT current_setting('app.user')));",
    },
  ],
  on: ['create-policy', 'alter-policy'],

  check({ table, policy, using = '', withCheck = '' }) {
    // A new row is checked once in any case, but a query reads many.
    const call = callIn(using) ?? (using === '' ? undefined : callIn(withCheck));
    if (call === undefined) return undefined;
    return `Policy \`${policy}\` calls \`${call}\` for every row of \`${display(table)}\` that a query looks at.`;
  },
});

const steady = /(\bselect\s+(?:\(\s*)*)?\b(auth\s*\.\s*(?:uid|jwt|role|email)|current_setting)\s*\(/gi;

/** The first call that no subquery stands around. */
function callIn(expression: string): string | undefined {
  for (const [, isWrapped, name = ''] of expression.matchAll(steady)) {
    if (isWrapped === undefined) return name.replace(/\s/g, '').toLowerCase();
  }
  return undefined;
}
