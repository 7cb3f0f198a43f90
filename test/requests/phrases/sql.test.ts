import { describe } from 'vitest';
import { type Row, understands } from './rows.ts';

const rows: readonly Row[] = [
  {
    says: '```sql\nALTER TABLE orders ADD COLUMN discount numeric(10,2) NOT NULL DEFAULT 0;\nCREATE INDEX ON orders (discount);\n```',
    wants: [
      'ALTER TABLE orders ADD COLUMN discount numeric(10,2) DEFAULT 0 NOT NULL',
      'CREATE INDEX ON orders (discount)',
    ],
  },
  {
    says: '```\nALTER TABLE orders ADD COLUMN discount numeric(10,2);\n```',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2)'],
  },
  {
    says: '    ALTER TABLE orders ADD COLUMN discount numeric(10,2);',
    wants: ['ALTER TABLE orders ADD COLUMN discount numeric(10,2)'],
  },
  { says: '~~~sql\nDROP INDEX orders_code_idx;\n~~~', wants: ['DROP INDEX orders_code_idx'] },
  {
    says: '```sql\nCREATE TABLE products (id int primary key, sku text not null, price numeric(12,2), weight int);\n```',
    wants: [
      'ALTER TABLE products ALTER COLUMN price TYPE numeric(12,2)',
      'ALTER TABLE products ADD COLUMN weight integer',
    ],
    asks: ['nulls:products.sku'],
  },
  {
    says: '```sql\nALTER TABLE ordrs ADD COLUMN x int;\nALTER TABLE orders DROP COLUMN totl;\nALTER TABLE orders ADD COLUMN y int NOT NULL;\nCREAT TABLE z (id int);\n```',
    asks: ['table:ordrs', 'column:orders.totl', 'existing-rows:orders.y', 'sql:bae65167'],
  },
  {
    says: '```diff\n CREATE TABLE products (\n   id int primary key,\n   sku text,\n-  price numeric(10,2)\n+  price numeric(12,2),\n+  color text\n );\n```',
    wants: ['ALTER TABLE products ALTER COLUMN price TYPE numeric(12,2)', 'ALTER TABLE products ADD COLUMN color text'],
  },
  { says: '```json\n{ "drop": "table orders" }\n```' },
  { says: '`ALTER TABLE orders ADD COLUMN z int`', wants: ['ALTER TABLE orders ADD COLUMN z integer'] },
  { says: 'Please run `ALTER TABLE orders ADD COLUMN z int`', wants: ['ALTER TABLE orders ADD COLUMN z integer'] },
  { says: 'ALTER TABLE orders ALTER COLUMN status SET NOT NULL', asks: ['nulls:orders.status'] },
  { says: "UPDATE orders SET status = 'x';", asks: ['overwrite:orders.status'] },
  {
    says: "UPDATE orders SET status = 'x' WHERE status IS NULL;",
    wants: ["UPDATE orders SET status = 'x' WHERE status IS NULL"],
  },
  {
    says: '```sql\nCREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f();\nINSERT INTO products VALUES (1);\nDELETE FROM products;\n```',
    unread: [
      'CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()',
      'INSERT INTO products VALUES (1)',
      'DELETE FROM products',
    ],
  },
  {
    says: "```sql\nCREATE TYPE mood AS ENUM ('a','b');\nALTER TABLE orders ADD COLUMN m mood NOT NULL DEFAULT 'a';\n```",
    wants: ["CREATE TYPE mood AS ENUM ('a', 'b')", "ALTER TABLE orders ADD COLUMN m mood DEFAULT 'a' NOT NULL"],
  },
  { says: '```sql\nALTER TABLE orders ADD COLUMN total text;\n```', asks: ['exists:orders.total'] },
  {
    says: '```sql\nALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT c;\n```',
    wants: [
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID',
      'ALTER TABLE orders VALIDATE CONSTRAINT c',
    ],
  },
  { says: '```sql\nALTER TABLE orders RENAME COLUMN total TO amount;\n```', asks: ['code:rename:orders.total'] },
  {
    says: '```sql\nBEGIN;\nALTER TABLE products ADD COLUMN a int;\nCOMMIT;\n```',
    wants: ['ALTER TABLE products ADD COLUMN a integer'],
  },
  {
    says: '```sql\nALTER TABLE orders ADD COLUMN c int REFERENCES customrs(id);\n```',
    wants: ['ALTER TABLE orders ADD COLUMN c integer'],
    asks: ['table:customrs'],
  },
  { says: '```sql\nSELECT 1;\nSELECT * FROM products;\n```', wants: ['SELECT 1', 'SELECT * FROM products'] },
  { says: '```sql\n-- nothing\n```' },
];

describe('SQL', () => understands(rows));
