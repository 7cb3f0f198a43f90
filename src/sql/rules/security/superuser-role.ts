import type { ChangeOf } from '../../change.ts';
import { defineRule } from '../../rule.ts';

export const superuserRole = defineRule({
  id: 'superuser-role',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'A role gets rights over the whole server: SUPERUSER, BYPASSRLS, CREATEROLE, REPLICATION, or a predefined role that is as strong',
  effect: 'Permissions, row security or the limits of the database no longer hold for whoever gets into that role',
  remedy:
    'Grant the privileges on the objects that the role needs, and leave such roles to the people who run the server',
  source: 'PostgreSQL manual, CREATE ROLE; "Predefined Roles"',
  examples: [
    {
      engine: 'postgresql',
      given: 'DO $$ BEGIN CREATE ROLE reporting; EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
      bad: 'ALTER ROLE reporting SUPERUSER;\nALTER ROLE reporting NOSUPERUSER;',
      good: 'ALTER ROLE reporting NOSUPERUSER;',
    },
    {
      engine: 'postgresql',
      given: 'DO $$ BEGIN CREATE ROLE reporting; EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
      bad: 'GRANT pg_execute_server_program TO reporting;\nREVOKE pg_execute_server_program FROM reporting;',
      good: 'GRANT pg_monitor TO reporting;',
    },
  ],
  on: ['create-role', 'alter-role', 'grant-role'],
  inRoutines: true,

  check(change) {
    const powers = change.kind === 'grant-role' ? rolesIn(change) : attributesIn(change);
    const [power, ...others] = powers;
    if (power === undefined) return undefined;
    const who = (change.kind === 'grant-role' ? change.grantees : [change.role])
      .map((name) => `\`${name}\``)
      .join(', ');
    const what = [power, ...others].map(({ can }) => can).join('; it also ');
    const message = `${who} ${what}.`;
    return powers.some(({ absolute }) => absolute) ? { message, level: 'error' } : message;
  },
});

interface Power {
  readonly can: string;
  /** No permission of the server holds for whoever has it. */
  readonly absolute?: true;
}

const attributes: Readonly<Record<string, Power>> = {
  superuser: { can: 'passes every permission check of the server', absolute: true },
  bypassrls: { can: 'sees and writes every row, whatever row security says' },
  createrole: { can: 'can make, alter and drop other roles' },
  replication: { can: 'can copy every database of the server' },
};

const roles: Readonly<Record<string, Power>> = {
  pg_execute_server_program: { can: 'can run programs on the server, and with that become superuser', absolute: true },
  pg_write_server_files: { can: 'can write files of the server, and with that become superuser', absolute: true },
  pg_read_server_files: { can: 'can read every file that the server can, key files included', absolute: true },
  pg_write_all_data: { can: 'can write every table of every schema' },
  pg_read_all_data: { can: 'can read every table of every schema' },
  postgres: { can: 'becomes superuser by SET ROLE', absolute: true },
  rds_superuser: { can: 'has the strongest role of the service' },
  cloudsqlsuperuser: { can: 'has the strongest role of the service' },
  azure_pg_admin: { can: 'has the strongest role of the service' },
};

function attributesIn(change: ChangeOf<'create-role' | 'alter-role'>): readonly Power[] {
  return change.attributes.flatMap((name) => attributes[name] ?? []);
}

function rolesIn(change: ChangeOf<'grant-role'>): readonly Power[] {
  return change.roles.flatMap((name) => roles[name] ?? []);
}
