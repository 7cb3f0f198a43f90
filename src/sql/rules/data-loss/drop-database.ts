import { defineRule } from '../../rule.ts';

export const dropDatabase = defineRule({
  id: 'drop-database',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql'],
  when: 'A database is dropped',
  effect: 'Everything in it is gone for good, and nothing of it can be rolled back',
  remedy: 'Leave it to the people who run the server, after a backup that has been restored once to try it',
  source: 'PostgreSQL manual, DROP DATABASE',
  examples: [
    {
      engine: 'postgresql',
      bad: 'DROP DATABASE IF EXISTS shop;',
      good: { none: 'a database is gone however it is dropped' },
      notExecuted: 'the throwaway engine has one database only',
    },
  ],
  on: ['drop-database'],

  check({ database }) {
    return `Dropping the database \`${database}\` destroys everything in it, and cannot be rolled back.`;
  },
});
