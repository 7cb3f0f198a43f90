import { secretsIn } from '../../facts/secrets.ts';
import { positionsIn } from '../../positions.ts';
import { defineFileRule } from '../../rule.ts';

export const secretLiteral = defineFileRule({
  id: 'secret-literal',
  level: 'error',
  category: 'security',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A password, a key or a token stands in the file',
  effect:
    'Everybody who can read the repository has it, in its history for ever, and the server may write the statement to its log',
  remedy:
    'Take it out, make it invalid where it is in use, and set it outside the migrations or hand it in as a variable',
  source: 'PostgreSQL manual, CREATE ROLE, Notes: the password is sent in cleartext and might be logged',
  examples: [
    {
      engine: 'postgresql',
      given: 'DO $$ BEGIN CREATE ROLE reporting; EXCEPTION WHEN duplicate_object THEN NULL; END $$;',
      bad: "ALTER ROLE reporting LOGIN PASSWORD 'correct horse battery';",
      good: 'ALTER ROLE reporting LOGIN;',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE integrations (id bigint PRIMARY KEY, account text);',
      bad: "INSERT INTO integrations (id, account) VALUES (1, 'AKIAIOSFODNN7EXAMPLE');",
      good: "INSERT INTO integrations (id, account) VALUES (1, 'main');",
    },
  ],

  checkFile({ file: { sql } }) {
    const text = sql.startsWith('\uFEFF') ? sql.slice(1) : sql;
    const secrets = secretsIn(text);
    if (secrets.length === 0) return [];
    const positions = positionsIn(text);
    return secrets.map(({ what, start, end, likely }) => ({
      message: `Here stands ${what} for everybody to read.`,
      span: positions.span(start, end),
      ...(likely === true ? { level: 'warning' as const } : {}),
    }));
  },
});
