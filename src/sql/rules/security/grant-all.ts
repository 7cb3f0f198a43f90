import { grantedOn } from '../../facts/grants.ts';
import { defineRule } from '../../rule.ts';

export const grantAll = defineRule({
  id: 'grant-all',
  level: 'notice',
  category: 'security',
  engines: ['postgresql'],
  when: 'ALL PRIVILEGES are granted on tables, a schema or a database',
  effect:
    'The role can do more than reading and writing rows: empty the tables, attach triggers that run as whoever writes, make objects',
  remedy: 'Name the privileges that the role needs, such as SELECT, INSERT, UPDATE and DELETE',
  source: 'PostgreSQL manual, "Privileges"',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY); DO $$ BEGIN CREATE ROLE reporting; EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
      bad: 'GRANT ALL ON orders TO reporting;',
      good: 'GRANT SELECT, INSERT ON orders TO reporting;',
    },
  ],
  on: ['grant'],
  inRoutines: true,

  check(change) {
    const extra = extras[change.on];
    if (extra === undefined || !change.privileges.includes('all')) return undefined;
    // What PUBLIC gets, another rule says; the migrating role has all of its own objects anyway.
    const others = change.grantees.filter((name) => !self.has(name));
    if (others.length === 0 || others.includes('public')) return undefined;
    const who = others.map((name) => `\`${name}\``).join(', ');
    return `${who} may also ${extra} ${grantedOn(change)}.`;
  },
});

/** What ALL gives beside the everyday privileges; the kinds of object that are not here have no other. */
const extras: Readonly<Record<string, string>> = {
  table: 'empty, reference and attach triggers to',
  schema: 'make objects in',
  database: 'make schemas in',
};

const self: ReadonlySet<string> = new Set(['current_user', 'session_user', 'current_role']);
