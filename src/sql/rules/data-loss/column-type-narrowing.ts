import { described, mayHoldRows } from '../../facts/rows.ts';
import { isUtc } from '../../facts/time-zone.ts';
import { typeChangeOf } from '../../facts/type-changes.ts';
import { defineRule } from '../../rule.ts';

export const columnTypeNarrowing = defineRule({
  id: 'column-type-narrowing',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql'],
  when: 'A column gets a type in which some of its values have no place',
  effect:
    'Values are cut, rounded or read differently without a word, or the statement fails at the first that does not fit, after the table has been locked and partly rewritten',
  remedy:
    'Look which values do not fit first; then add a column of the new type, fill it in batches with a conversion that says what becomes of them, and switch over',
  source: 'PostgreSQL manual, "Data Types"; "Value Expressions", Type Casts; ALTER TABLE, SET DATA TYPE',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10,4)); INSERT INTO orders VALUES (1, 1.2345);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN total TYPE numeric(10,2);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN rounded_total numeric(10,2);",
    },
    {
      engine: 'postgresql',
      given: "CREATE TABLE orders (id bigint PRIMARY KEY, note text); INSERT INTO orders VALUES (1, 'a long note');",
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN note TYPE varchar(5);",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD CONSTRAINT orders_note_length CHECK (length(note) <= 5) NOT VALID;",
      fails: '22001',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, placed_at timestamptz);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN placed_at TYPE date;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN placed_on date;",
    },
  ],
  on: ['change-column-type'],

  check(change, context) {
    const { table, column, type } = change;
    if (!mayHoldRows(table, context)) return undefined;
    const found = typeChangeOf(change, { catalog: context.before, utc: isUtc(context.settings.get('timezone')) });
    if (found === undefined) return undefined;
    const { from, loses, fails, rereads } = found;
    const what = `\`${column}\` of ${described(table, context)} goes from \`${from}\` to \`${type}\``;
    const also = fails === undefined ? '' : ` The statement fails at a value that ${fails}.`;
    if (loses !== undefined) return `${what}, which loses ${loses}, without a word.${also}`;
    if (rereads !== undefined) {
      const message = `${what}, and what each value means from then on depends on ${rereads}.${also}`;
      return { message, level: 'warning' };
    }
    if (fails === undefined) return undefined;
    return { message: `${what}, and the statement fails at a value that ${fails}.`, level: 'warning' };
  },
});
