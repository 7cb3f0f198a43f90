import { tokensOf } from '../../lex.ts';
import { defineRule } from '../../rule.ts';

export const copyServerFile = defineRule({
  id: 'copy-server-file',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'COPY reads or writes a file of the database server',
  effect:
    'It needs superuser or a role that can read or write every file of the server, and fails where that file is not, on every managed service to begin with',
  remedy: 'Send the rows with COPY FROM STDIN (psql: \\copy), or write them as INSERT',
  source: 'PostgreSQL manual, COPY, Notes: files are read or written by the server, not by the client',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE rates (code text PRIMARY KEY, rate numeric);',
      bad: "COPY rates FROM '/srv/rates.csv' WITH (FORMAT csv);",
      good: "INSERT INTO rates (code, rate) VALUES ('EUR', 1.0);",
      fails: '58P01',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE rates (code text PRIMARY KEY, rate numeric);',
      bad: "COPY (SELECT code FROM rates) TO '/srv/rates.csv';",
      good: 'SELECT code FROM rates;',
      fails: '58P01',
    },
  ],
  on: ['write-data', 'query'],

  check(change, { statement }) {
    if (change.kind === 'write-data' ? change.verb !== 'copy' : !/^copy\b/i.test(statement)) return undefined;
    if (change.program === true || change.inBlock === true) return undefined;
    const direction = directionOf(statement);
    if (direction === undefined) return undefined;
    return `This ${direction === 'from' ? 'reads' : 'writes'} a file of the database server.`;
  },
});

/** The word before the file's name, outside the parentheses that hold columns, a query or options. */
function directionOf(statement: string): 'from' | 'to' | undefined {
  let depth = 0;
  let word = '';
  for (const { kind, start, end } of tokensOf(statement)) {
    if (kind === 'string' && depth === 0) return word === 'from' || word === 'to' ? word : undefined;
    if (kind === 'symbol') depth += { '(': 1, ')': -1 }[statement.slice(start, end)] ?? 0;
    word = kind === 'word' ? statement.slice(start, end).toLowerCase() : '';
  }
  return undefined;
}
