import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const maxCharacterLength = defineRule({
  id: 'max-character-length',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb'],
  optIn: true,
  when: 'A column of the type char or varchar may be longer than the options allow',
  effect: 'A fixed-length value takes up its whole length in every row, and a limit that nobody needs protects nothing',
  remedy: 'Use a shorter limit, or text with a CHECK where a limit is part of the rules of the business',
  source: 'PostgreSQL manual, "Character Types"; MySQL manual, "The CHAR and VARCHAR Types"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE pages (id bigint PRIMARY KEY, source varchar(5000));',
      good: 'CREATE TABLE pages (id bigint PRIMARY KEY, source text);',
    },
  ],
  on: ['create-table', 'add-column', 'change-column-type'],
  options: { fixed: 20, varying: 2000 },
  optionDocs: { fixed: 'the longest `char(n)`', varying: 'the longest `varchar(n)`' },

  check(change, { options }) {
    const columns =
      change.kind === 'create-table'
        ? change.columns
        : [change.kind === 'add-column' ? change.column : { name: change.column, type: change.type }];
    const long = columns.find(({ type }) => {
      const [, word = '', length = '0'] = /^(character varying|varchar|character|char)\((\d+)\)/i.exec(type) ?? [];
      return Number(length) > (/var/i.test(word) ? options.varying : options.fixed);
    });
    return long === undefined ? undefined : `\`${long.name}\` of \`${display(change.table)}\` is ${long.type}.`;
  },
});
