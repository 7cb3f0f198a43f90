import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const unloggedTable = defineRule({
  id: 'unlogged-table',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  when: 'A table is made UNLOGGED, or becomes so',
  effect: 'It is emptied after a crash of the server, and standby servers do not have its rows',
  remedy: 'Leave the word out, unless every row can be made again',
  source: 'PostgreSQL manual, CREATE TABLE, UNLOGGED',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE UNLOGGED TABLE carts (id bigint PRIMARY KEY);',
      good: 'CREATE TABLE carts (id bigint PRIMARY KEY);',
    },
  ],
  on: ['create-table', 'set-logged'],

  check(change) {
    const isUnlogged = change.kind === 'create-table' ? change.unlogged === true : !change.logged;
    return isUnlogged ? `A crash of the server empties \`${display(change.table)}\`.` : undefined;
  },
});
