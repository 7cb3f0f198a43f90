import { tableOf } from '../../catalog.ts';
import { soon } from '../../facts/soon.ts';
import { display } from '../../name.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const leakyView = defineRule({
  id: 'leaky-view',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'A view reads a table with row level security, and asks its policies as the owner of the view',
  effect:
    'Whoever may read the view sees the rows that its owner sees, which is all of them where the owner made the table',
  remedy:
    'Create the view WITH (security_invoker = true) from PostgreSQL 15 on; a materialized view keeps the rows of its owner in any case, so grant it only to those who may see them all',
  source: 'PostgreSQL manual, CREATE VIEW, security_invoker; "Rules and Privileges"',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, owner text, paid boolean); ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON orders USING (owner = current_user);',
      bad: 'CREATE VIEW paid_orders AS SELECT id FROM orders WHERE paid;',
      good: 'CREATE VIEW paid_orders WITH (security_invoker = true) AS SELECT id FROM orders WHERE paid;',
    },
  ],
  on: ['create-view'],

  check(change, context) {
    const { view, uses = [], materialized } = change;
    const guarded = uses
      .map(({ relation }) => tableOf(context.before, relation))
      .find((table) => table?.rowSecurity?.enabled);
    if (guarded === undefined || (!materialized && asksAsCaller(context))) return undefined;
    const message = `\`${display(view)}\` shows rows of \`${display(guarded.name)}\` past the policies that hold for its readers.`;
    if (materialized || context.version < 15) return { message, level: 'notice' };
    return message;
  },
});

/** The option stands before AS, or a view's options are set afterwards. */
function asksAsCaller({ statement, following }: RuleContext): boolean {
  if (isOn.test(statement)) return true;
  for (const later of soon(following))
    if (later.kind === 'other' && later.what === 'ALTER VIEW SET REL OPTIONS') return true;
  return false;
}

const isOn = /\bwith\s*\([^)]*\bsecurity_invoker\b(?!\s*=\s*'?(?:false|off|0|no)\b)/i;
