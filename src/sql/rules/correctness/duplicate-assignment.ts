import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const duplicateAssignment = defineRule({
  id: 'duplicate-assignment',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'One statement names the same column twice where it may stand once: in SET, in the columns of INSERT or COPY, or of CREATE TABLE',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Name each column once',
  source: 'PostgreSQL manual, UPDATE, INSERT, CREATE TABLE; executed',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer);',
      bad: "UPDATE orders SET note = 'a', total = 1, note = 'b' WHERE id = 1;",
      good: "UPDATE orders SET note = 'b', total = 1 WHERE id = 1;",
      fails: '42601',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      bad: "INSERT INTO orders (id, note, note) VALUES (1, 'a', 'b');",
      good: "INSERT INTO orders (id, note) VALUES (1, 'b');",
      fails: '42701',
    },
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text, note text);',
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);',
      fails: '42701',
    },
  ],
  on: ['write-data', 'create-table'],

  check(change, { statement }) {
    if (change.kind === 'create-table') {
      const column = firstTwice(change.columns.map(({ name }) => name));
      return column === undefined
        ? undefined
        : `\`${display(change.table)}\` would have the column \`${column}\` twice.`;
    }
    const { sets = [], columns = [] } = change;
    const set = firstTwice(sets);
    if (set !== undefined && !mayBeParts(set, statement)) return `\`${set}\` is set twice.`;
    const named = firstTwice(columns);
    return named === undefined ? undefined : `\`${named}\` stands twice in the list of columns.`;
  },
});

function firstTwice(names: readonly string[]): string | undefined {
  if (new Set(names).size === names.length) return undefined;
  return names.find((name, index) => names.indexOf(name) !== index);
}

/** Elements of an array and fields of a composite may be set one by one; each WHEN of a MERGE has a SET of its own. */
function mayBeParts(column: string, statement: string): boolean {
  const name = column.replace(/[^\w]/g, '\\$&');
  return new RegExp(`(?<![\\w.])"?${name}"?\\s*[[.]|\\bmerge\\s`, 'i').test(statement);
}
