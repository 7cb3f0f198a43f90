import { defineFileRule } from '../../rule.ts';

export const psqlCommand = defineFileRule({
  id: 'psql-command',
  level: 'notice',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A command to psql (a line with a backslash) stands among the statements',
  effect: 'Only psql understands it: every other runner fails on it, and what it brings in was not looked at',
  remedy: 'Write plain SQL, or see that nothing but psql runs the file',
  source: 'PostgreSQL manual, psql, Meta-Commands',
  examples: [
    {
      engine: 'postgresql',
      bad: '\\set ON_ERROR_STOP on\nCREATE TABLE drafts (id bigint PRIMARY KEY);',
      good: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
    },
  ],

  checkFile({ file: { tool }, script: { foreign = [] } }) {
    // None of the tools that we know hands its files to psql; who runs plain numbered files is not known.
    const isRefused = tool !== undefined && tool !== 'numbered';
    return (
      foreign
        // What pg_dump frames its output with does nothing to the schema (manual, pg_dump, --restrict-key).
        .filter(({ kind, text }) => kind === 'psql' && !/^\\(?:un)?restrict\b/.test(text))
        .map(({ text, span }) => {
          const command = /^\\\S*/.exec(text)?.[0] ?? text;
          return isRefused
            ? { message: `${tool} sends \`${command}\` to the server, which refuses it.`, span, level: 'error' }
            : { message: `\`${command}\` is a command to psql, and was not looked at.`, span };
        })
    );
  },
});
