import { describe, expect, it } from 'vitest';
import { ask } from '../shop.ts';
import { type Row, understands } from './rows.ts';

const customers = (more = '', { email = 'email text NOT NULL', legacy = ', legacy text', after = '' } = {}) =>
  `\`\`\`sql\nCREATE TABLE customers (id bigint PRIMARY KEY, ${email}, name text${legacy}, country_code char(2)${more});${after}\n\`\`\``;
const orders = (change: (columns: string) => string, after = '') => {
  const columns =
    'id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, total numeric(10,2), status text, created_at timestamptz NOT NULL DEFAULT now(), code varchar(40)';
  return `\`\`\`sql\nCREATE TABLE orders (${change(columns)});${after}\n\`\`\``;
};
const same = (columns: string) => columns;
const sql = (text: string) => `\`\`\`sql\n${text}\n\`\`\``;
const diff = (text: string) => `\`\`\`diff\n${text}\n\`\`\``;

const tables: readonly Row[] = [
  { says: customers() },
  { says: customers().replace('TABLE', 'TABLE IF NOT EXISTS') },
  { says: orders(same) },
  {
    says: sql(
      'CREATE TABLE public.customers (\n  id bigint NOT NULL,\n  email text NOT NULL,\n  name text,\n  legacy text,\n  country_code character(2)\n);\nALTER TABLE ONLY public.customers ADD CONSTRAINT customers_pkey PRIMARY KEY (id);',
    ),
  },
  { says: customers(', note text'), wants: ['ALTER TABLE customers ADD COLUMN note text'] },
  {
    says: `The customers should look like this:\n\n${customers(', note text')}`,
    wants: ['ALTER TABLE customers ADD COLUMN note text'],
  },
  { says: customers(', tier int NOT NULL'), asks: ['existing-rows:customers.tier'] },
  { says: customers('', { legacy: '' }), asks: ['code:drop:customers.legacy'] },
  { says: customers('', { legacy: ', legacy_id text' }), asks: ['renamed:customers.legacy'] },
  {
    // What stands on a column that may be an old one waits with it.
    says: customers('', {
      legacy: ", legacy_id text CHECK (legacy_id <> '')",
      after: 'CREATE INDEX ON customers (legacy_id);',
    }),
    asks: ['renamed:customers.legacy'],
  },
  { says: customers('', { email: 'email text' }), wants: ['ALTER TABLE customers ALTER COLUMN email DROP NOT NULL'] },
  {
    says: orders((columns) =>
      columns
        .replace(' REFERENCES customers', '')
        .replace('10,2)', '12,2) CHECK (total >= 0)')
        .replace('status text', "status text DEFAULT 'new'")
        .replace(' DEFAULT now()', ''),
    ),
    wants: [
      'ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey',
      'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2)',
      "ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'new'",
      'ALTER TABLE orders ALTER COLUMN created_at DROP DEFAULT',
      'ALTER TABLE orders ADD CHECK (total >= 0)',
    ],
  },
  {
    says: orders((columns) => columns.replace('REFERENCES customers', 'REFERENCES customers (id) ON DELETE CASCADE')),
    wants: [
      'ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey',
      'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE',
    ],
  },
  {
    says: orders(same, 'CREATE INDEX orders_status_idx ON orders (status);'),
    wants: ['DROP INDEX orders_code_idx', 'CREATE INDEX orders_status_idx ON orders (status)'],
  },
  { says: orders(same, 'CREATE INDEX by_code ON public.orders USING btree (code);') },
  {
    says: customers(', note_id bigint REFERENCES notes', {
      after:
        '\nCREATE TABLE notes (id bigint PRIMARY KEY);\nCREATE INDEX ON notes (id);\nALTER TABLE products ADD COLUMN w int;',
    }),
    wants: [
      'CREATE TABLE notes ( id bigint NOT NULL, PRIMARY KEY (id) )',
      'ALTER TABLE customers ADD COLUMN note_id bigint',
      'ALTER TABLE customers ADD FOREIGN KEY (note_id) REFERENCES notes',
      'CREATE INDEX ON notes (id)',
      'ALTER TABLE products ADD COLUMN w integer',
    ],
  },
  {
    says: customers().replace('id bigint', 'id bigint GENERATED ALWAYS AS IDENTITY'),
    wants: ['ALTER TABLE customers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY'],
  },
  {
    says: customers().replace('id bigint', 'id bigserial'),
    unread: [
      '`customers.id`: how the database numbers its rows is not planned to change (now: not at all; in the text: serial).',
    ],
  },
];

const parts: readonly Row[] = [
  {
    says: sql('CREATE TABLE customers (\n  id bigint,\n  ...\n  note text,\n  -- ... and the rest\n);'),
    wants: ['ALTER TABLE customers ADD COLUMN note text'],
  },
  { says: sql('CREATE TABLE orders (\n  code varchar(40) UNIQUE,\n  …\n);'), asks: ['duplicates:orders.code'] },
];

const enums: readonly Row[] = [
  {
    says: sql("CREATE TYPE size AS ENUM ('xs', 's', 'm', 'x', 'l', 'xl', 'xxl');"),
    wants: [
      "ALTER TYPE size ADD VALUE 'xs' BEFORE 's'",
      "ALTER TYPE size ADD VALUE 'x' AFTER 'm'",
      "ALTER TYPE size ADD VALUE 'xl'",
      "ALTER TYPE size ADD VALUE 'xxl'",
    ],
  },
  { says: sql("CREATE TYPE size AS ENUM ('s', 'm', 'l');") },
  {
    says: sql("CREATE TYPE size AS ENUM ('s', 'l');"),
    unread: ['The text leaves `m` out of the type `size`: a value in use cannot be taken away by a request.'],
  },
];

const diffs: readonly Row[] = [
  {
    says: diff(
      '--- a/db/schema.sql\n+++ b/db/schema.sql\n@@ -10,4 +10,5 @@ CREATE TABLE customers (\n   name text,\n-  legacy text,\n+  legacy varchar(20),\n+  phone text,\n   country_code char(2)\n );',
    ),
    wants: ['ALTER TABLE customers ADD COLUMN phone text'],
    asks: ['narrowing:customers.legacy'],
  },
  {
    says: diff(
      '@@ -1,3 +1,4 @@\n CREATE TABLE customers (\n   id bigint PRIMARY KEY,\n+  phone text,\n   email text NOT NULL,\n@@ -30,2 +30,3 @@ CREATE TABLE products (\n   sku text,\n+  color text,',
    ),
    wants: ['ALTER TABLE customers ADD COLUMN phone text', 'ALTER TABLE products ADD COLUMN color text'],
  },
  {
    says: diff(' CREATE TABLE customers (\n+  phone text\n );'),
    wants: ['ALTER TABLE customers ADD COLUMN phone text'],
  },
  { says: diff(' CREATE TABLE customers (\n-  legacy text,\n );'), asks: ['code:drop:customers.legacy'] },
  {
    says: '```\n CREATE TABLE customers (\n-  legacy text\n+  legacy_id text\n );\n```',
    asks: ['renamed:customers.legacy'],
  },
  {
    says: diff('-CREATE INDEX orders_code_idx ON orders (code);\n+CREATE INDEX orders_status_idx ON orders (status);'),
    wants: ['DROP INDEX orders_code_idx', 'CREATE INDEX orders_status_idx ON orders (status)'],
  },
  { says: diff('-CREATE INDEX orders_code_idx ON orders (code);'), wants: ['DROP INDEX orders_code_idx'] },
  {
    says: diff(' ALTER TABLE orders ADD COLUMN a int;\n+ALTER TABLE orders ADD COLUMN b int;'),
    wants: ['ALTER TABLE orders ADD COLUMN b integer'],
  },
  { says: diff('-CREATE TABLE products (id int);'), asks: ['code:drop:products'] },
  {
    says: diff('@@ -5,2 +5,3 @@ CREATE TABLE orders (\n CREATE TABLE products (\n   sku text,\n+  color text,\n'),
    wants: ['ALTER TABLE products ADD COLUMN color text'],
  },
  { says: '```diff\n-const a = 1;\n+const a = 2;\n```' },
];

describe('the desired DDL of tables that exist', () => understands(tables));
describe('desired DDL that leaves something out', () => understands(parts));
describe('the desired values of a type', () => understands(enums));
describe('a diff of DDL', () => understands(diffs));

describe('what is said of desired DDL', () => {
  it.each([
    [customers(), '`customers` is as the text has it already.'],
    [customers().replace('TABLE', 'TABLE IF NOT EXISTS'), '`customers` is as the text has it already.'],
    [parts[0]?.says ?? '', 'The text leaves parts of `customers` out, so what it does not show stays as it is.'],
  ])('%s', (says, sentence) => expect(ask(says).paraphrase).toContain(sentence));

  it('is the evidence of a rename', () => {
    const [question] = ask(customers('', { legacy: ', legacy_id text' })).questions;
    expect(question).toMatchObject({
      to: 'asker',
      text: 'The text leaves out the column `customers.legacy`, and `legacy_id` (of the same type, text, at the same place, 3 letters apart) is new: was it renamed, or does it go with its values?',
      choices: ['Renamed to `legacy_id`', 'It goes with its values', 'It stays'],
    });
  });
});
