import { defineRule } from '../../rule.ts';

export const dropOwned = defineRule({
  id: 'drop-owned',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql'],
  when: 'Everything that a role owns is dropped with DROP OWNED',
  effect:
    'Every table of the role is gone with its rows, whatever it owns in this database, and its privileges are revoked',
  remedy: 'Give what the role owns to another with REASSIGN OWNED, and revoke its privileges by name',
  source: 'PostgreSQL manual, DROP OWNED; REASSIGN OWNED',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE ROLE reporting;',
      bad: 'DROP OWNED BY reporting;',
      good: 'REASSIGN OWNED BY reporting TO CURRENT_USER;',
      notExecuted: 'roles are shared by every example on the throwaway engine',
    },
  ],
  on: ['drop-object'],

  check({ what, name }, { earlier }) {
    if (what !== 'DROP OWNED') return undefined;
    const isEmptied = earlier.some((each) => each.kind === 'other' && each.what.startsWith('REASSIGN'));
    const message = `DROP OWNED destroys every table that \`${name.name}\` owns in this database, and revokes its privileges.`;
    // After REASSIGN OWNED only privileges are left to drop (manual, REASSIGN OWNED).
    return isEmptied ? undefined : message;
  },
});
