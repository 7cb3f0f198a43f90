import { grantedOn } from '../../facts/grants.ts';
import { defineRule } from '../../rule.ts';

export const grantOption = defineRule({
  id: 'grant-option',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'A privilege is granted WITH GRANT OPTION, or a role WITH ADMIN OPTION',
  effect: 'Its holder can hand it on to anybody, and taking it back then needs CASCADE',
  remedy: 'Grant it without the option, and keep granting with the migrations',
  source: 'PostgreSQL manual, GRANT; "Role Membership"',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY); DO $$ BEGIN CREATE ROLE reporting; EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
      bad: 'GRANT SELECT ON orders TO reporting WITH GRANT OPTION;',
      good: 'GRANT SELECT ON orders TO reporting;',
    },
    {
      engine: 'postgresql',
      given:
        'DO $$ BEGIN CREATE ROLE reporting; CREATE ROLE analyst; EXCEPTION WHEN duplicate_object THEN NULL; END $$; DO $$ BEGIN CREATE ROLE analyst; EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
      bad: 'GRANT reporting TO analyst WITH ADMIN OPTION;',
      good: 'GRANT reporting TO analyst;',
    },
  ],
  on: ['grant', 'grant-role'],
  inRoutines: true,

  check(change) {
    const who = change.grantees.map((name) => `\`${name}\``).join(', ');
    if (change.kind === 'grant')
      return change.grantOption ? `${who} can grant it on: ${grantedOn(change)}.` : undefined;
    const roles = change.roles.map((name) => `\`${name}\``).join(', ');
    return change.adminOption ? `${who} can make anybody a member of ${roles}.` : undefined;
  },
});
