import { defineRule } from '../../rule.ts';

export const copyProgram = defineRule({
  id: 'copy-program',
  level: 'error',
  category: 'security',
  engines: ['postgresql'],
  when: 'COPY starts a program on the database server',
  effect: 'A shell command runs there as the user of the server, with access to all of its files',
  remedy: 'Run the program outside and send its rows with COPY FROM STDIN (psql: \\copy)',
  source: 'PostgreSQL manual, COPY, PROGRAM',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE rates (code text PRIMARY KEY, rate numeric);',
      bad: "COPY rates FROM PROGRAM 'curl https://example.org/rates.csv' WITH (FORMAT csv);",
      good: "INSERT INTO rates (code, rate) VALUES ('EUR', 1.0);",
      notExecuted: 'it would start a program',
    },
  ],
  on: ['write-data', 'query'],
  inRoutines: true,

  check(change) {
    return change.program === true ? 'This runs a shell command on the database server.' : undefined;
  },
});
