import { defineRule } from '../../rule.ts';

export const untrustedLanguage = defineRule({
  id: 'untrusted-language',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'Code of an untrusted language comes into the database: C, PL/Python, PL/PerlU, PL/TclU, a shell',
  effect:
    'It runs as the user of the server, past every permission of the database, and can read its files and open connections',
  remedy: 'Write it in SQL, PL/pgSQL or a trusted language, or run it outside the database',
  source: 'PostgreSQL manual, CREATE LANGUAGE; "PL/Python"; "Trusted and Untrusted PL/Perl"; "C-Language Functions"',
  examples: [
    {
      engine: 'postgresql',
      bad: "CREATE FUNCTION shell(command text) RETURNS text LANGUAGE plpython3u AS $$ return __import__('os').popen(command).read() $$;",
      good: 'CREATE FUNCTION double(n integer) RETURNS integer LANGUAGE sql RETURN n * 2;',
      notExecuted: 'the throwaway engine has no PL/Python',
    },
    {
      engine: 'postgresql',
      bad: 'CREATE EXTENSION plpython3u;',
      good: 'CREATE EXTENSION IF NOT EXISTS plpgsql;',
      notExecuted: 'the throwaway engine has no PL/Python',
    },
  ],
  on: ['create-language', 'create-extension', 'create-function', 'other'],
  inRoutines: true,

  check(change, { statement }) {
    switch (change.kind) {
      case 'create-language':
        return isUntrusted(change.language) ? about(change.language) : undefined;
      case 'create-extension':
        return isUntrusted(change.extension) ? about(change.extension) : undefined;
      case 'create-function': {
        const { language } = change.definition;
        return isCode(language) || isUntrusted(language) ? about(language) : undefined;
      }
      case 'other': {
        const language = change.what === 'DO' ? /\blanguage\s+['"]?(\w+)/i.exec(statement)?.[1] : undefined;
        return language !== undefined && isUntrusted(language) ? about(language) : undefined;
      }
    }
  },
});

/** An untrusted language has a U at its end, or is one that has no trusted form at all. */
function isUntrusted(name: string): boolean {
  return /^(?:pl(?:python[23]?u|perlu|tclu|sh|rubyu?|phpu?|javau|r)|javau)$/i.test(name);
}

/** Functions of a library, and those of the server under another name. */
function isCode(language: string): boolean {
  return /^(?:c|internal)$/i.test(language);
}

function about(language: string): string {
  return `What is written in \`${language}\` runs with the rights of the server itself.`;
}
