import { grantedOn, isPublicByDefault, opensSchema } from '../../facts/grants.ts';
import { defineRule } from '../../rule.ts';

export const grantToPublic = defineRule({
  id: 'grant-to-public',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'A privilege is granted to PUBLIC',
  effect: 'Every role of the server has it, those that are still to be made and those of other applications included',
  remedy: 'Grant it to the roles that need it',
  source: 'PostgreSQL manual, GRANT; "Privileges"',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY); DO $$ BEGIN CREATE ROLE reporting; EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
      bad: 'GRANT SELECT ON orders TO PUBLIC;',
      good: 'GRANT SELECT ON orders TO reporting;',
    },
    {
      engine: 'postgresql',
      given: 'DO $$ BEGIN CREATE ROLE reporting; EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
      bad: 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;',
      good: 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reporting;',
    },
  ],
  on: ['grant'],
  inRoutines: true,

  check(change) {
    if (!change.grantees.includes('public') || isPublicByDefault(change) || opensSchema(change)) return undefined;
    const privileges = change.privileges.map((name) => name.toUpperCase()).join(', ');
    const message = `Every role gets ${privileges} on ${grantedOn(change)}.`;
    // PostgreSQL itself grants EXECUTE of every new function to PUBLIC.
    const isUsual = change.on === 'function' || change.on === 'procedure' || change.on === 'routine';
    return isUsual ? { message, level: 'notice' } : message;
  },
});
