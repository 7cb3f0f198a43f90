import { defineFileRule } from '../../rule.ts';

export const templatePlaceholder = defineFileRule({
  id: 'template-placeholder',
  level: 'notice',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A statement has a placeholder in it that a template engine, a driver or psql is to fill in',
  effect: 'It was read with a stand-in, so that what depends on the real name or value was not looked at',
  remedy: 'Lint the text that comes out of the template, or write what is meant',
  source: 'database-lead, reading of PostgreSQL',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE {{ prefix }}drafts (id bigint PRIMARY KEY);',
      good: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
      fails: '42601',
    },
  ],

  checkFile({ script: { foreign = [] } }) {
    return foreign
      .filter(({ kind }) => kind === 'placeholder')
      .map(({ text, span }) => ({ message: `What \`${text.replaceAll('`', "'")}\` becomes is not known.`, span }));
  },
});
