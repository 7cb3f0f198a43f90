import { grantedOn, opensSchema } from '../../facts/grants.ts';
import { defineRule } from '../../rule.ts';

export const publicSchemaCreate = defineRule({
  id: 'public-schema-create',
  level: 'error',
  category: 'security',
  engines: ['postgresql'],
  when: 'Every role may make objects in a schema',
  effect:
    'Whoever can connect can put a function or a table there that others call or read in place of the real one, with the rights of the caller (CVE-2018-1058)',
  remedy: 'Grant USAGE to those who need it, and CREATE to the role that runs the migrations alone',
  source:
    'PostgreSQL manual, "Schemas", Usage Patterns; release notes of version 15: PUBLIC no longer has CREATE on schema public',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE SCHEMA IF NOT EXISTS app;',
      bad: 'GRANT CREATE ON SCHEMA app TO PUBLIC;',
      good: 'GRANT CREATE ON SCHEMA app TO CURRENT_USER;',
    },
  ],
  on: ['grant'],
  inRoutines: true,

  check(change) {
    return opensSchema(change)
      ? `Every role that can connect may make tables and functions in ${grantedOn(change)}.`
      : undefined;
  },
});
