import type { QueryTrait } from '../../changes/queries.ts';
import { defineRule } from '../../rule.ts';

export const outsideCall = defineRule({
  id: 'outside-call',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'A function is called that reaches out of the database: another server, the files of this one, the web',
  effect:
    'It runs with the rights of the server or with credentials that stand in the text, outside the transaction, and a migration that is tried again does it twice',
  remedy: 'Do it outside the database, or through a foreign server whose user mapping keeps the credentials',
  source: 'PostgreSQL manual, "dblink"; "Generic File Access Functions"; "Large Objects, Server-Side Functions"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE notes (id bigint PRIMARY KEY, body text);',
      bad: "INSERT INTO notes (id, body) VALUES (1, pg_read_file('/etc/hostname'));",
      good: "INSERT INTO notes (id, body) VALUES (1, 'hello');",
      notExecuted: 'it reads a file of the server',
    },
    {
      engine: 'postgresql',
      bad: "SELECT dblink_exec('dbname=billing', 'DELETE FROM invoices WHERE paid');",
      good: { none: 'another database needs its own migration' },
      notExecuted: 'it needs an extension and a second server',
    },
  ],
  on: ['query', 'write-data', 'create-view'],
  inRoutines: true,

  check({ traits = [] }) {
    const calls = traits.flatMap((trait) =>
      trait.kind === 'outside-call' && !isOwn(trait.function) ? [describe(trait)] : [],
    );
    const [first, second] = calls;
    if (first === undefined) return undefined;
    return second === undefined ? `${first}.` : `${calls.join(', and ')}.`;
  },
});

/** Never its arguments: they may hold a password. */
function describe({ function: name }: Extract<QueryTrait, { kind: 'outside-call' }>): string {
  if (name.startsWith('dblink')) return `\`${name}\` runs SQL on another database`;
  if (name.startsWith('http')) return `\`${name}\` calls a web server from inside the database`;
  if (name === 'lo_export' || /^pg_file_/.test(name)) return `\`${name}\` changes files of the database server`;
  return `\`${name}\` reads files of the database server`;
}

/** A function of the application whose name only begins like those of the extensions `http` and `pg_net`. */
function isOwn(name: string): boolean {
  return /^http_/.test(name) && !/^http_(?:get|post|put|patch|delete|head|collect_response)$/.test(name);
}
