import { defineRule } from '../../rule.ts';

export const extensionUntrusted = defineRule({
  id: 'extension-untrusted',
  level: 'notice',
  category: 'security',
  engines: ['postgresql'],
  when: 'An extension is installed that only a superuser may install',
  effect: 'The migration fails for the role of an ordinary application, or asks for a role that is far too strong',
  remedy: 'Let those who run the server install it, or list it under `allowed`',
  source:
    'PostgreSQL manual, "Additional Supplied Modules and Extensions": those that are marked as trusted; CREATE EXTENSION',
  optIn: true,
  options: { allowed: [] as readonly string[] },
  optionDocs: { allowed: 'extensions that may be installed all the same' },
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE EXTENSION IF NOT EXISTS file_fdw;',
      good: 'CREATE EXTENSION IF NOT EXISTS pg_trgm;',
      notExecuted: 'the throwaway engine loads extensions only where they are asked for',
    },
  ],
  on: ['create-extension'],

  check({ extension }, { version, options }) {
    if (options.allowed.includes(extension)) return undefined;
    if (version >= 13 && trusted.has(extension)) return undefined;
    return `\`${extension}\` can be installed by a superuser only.`;
  },
});

/** The manual's appendix marks these as trusted (since version 13), and the languages beside plpgsql that are so marked. */
const trusted: ReadonlySet<string> = new Set(
  `bool_plperl btree_gin btree_gist citext cube dict_int fuzzystrmatch hstore intarray isn jsonb_plperl lo ltree pg_trgm pgcrypto
   plperl plpgsql pltcl seg tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp`.split(/\s+/),
);
