import { duplicateOf } from '../../facts/duplicates.ts';
import { madeBy } from '../../facts/made-by.ts';
import { defineRule } from '../../rule.ts';

export const duplicateObject = defineRule({
  id: 'duplicate-object',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A statement makes something that exists already, or IF NOT EXISTS passes over something that is not what is written',
  effect:
    'PostgreSQL refuses the statement, or goes on with what was there before, and later statements meet another shape',
  remedy: 'Take another name, drop the old one first, or change the old one into what is wanted with ALTER',
  source:
    'PostgreSQL manual, CREATE TABLE, CREATE INDEX, ALTER TABLE: IF NOT EXISTS gives no guarantee about what exists; executed',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      good: 'CREATE TABLE order_notes (id bigint PRIMARY KEY, note text);',
      fails: '42P07',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(40));',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN remark text;",
      fails: '42701',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: 'CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY, remark text);',
      good: 'CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY, note text);',
    },
  ],
  on: [
    'create-schema',
    'create-table',
    'create-view',
    'create-index',
    'create-sequence',
    'create-enum',
    'create-composite',
    'create-domain',
    'rename-type',
    'add-enum-value',
    'create-extension',
    'create-function',
    'create-trigger',
    'create-policy',
    'add-column',
    'rename-column',
    'add-constraint',
    'rename-table',
    'rename-index',
  ],

  check(change, { before, known, earlier }) {
    if (change.guarded === true) return undefined;
    const duplicate = duplicateOf(change, before);
    if (duplicate === undefined) return undefined;
    // Files that may have nothing to do with each other can each make it, but one of them cannot do so twice.
    if (known === 'nothing' && !earlier.some((each) => madeBy(each) !== undefined && madeBy(each) === madeBy(change))) {
      return undefined;
    }
    const { what, hidden } = duplicate;
    if (hidden === undefined) return `${capitalized(what)} exists already at this point.`;
    const message = `${capitalized(what)} exists already, and ${hidden}: IF NOT EXISTS leaves it as it is.`;
    return { message, level: 'notice' };
  },
});

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
