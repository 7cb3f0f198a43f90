import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../src/sql/apply/index.ts';
import type { Catalog } from '../../src/sql/catalog.ts';
import { erDiagram } from '../../src/sql/mermaid.ts';
import { loadParsers, parse } from '../../src/sql/parsers/index.ts';
import { quoteIdentifier } from '../../src/sql/quote.ts';

interface Mermaid {
  readonly parse: (text: string) => Promise<{ readonly diagramType: string }>;
}

let mermaid: Mermaid;

beforeAll(async () => {
  await loadParsers();
  // The library is a classic browser script, which puts itself on the global object.
  runInThisContext(
    readFileSync(createRequire(import.meta.url).resolve('@mermaid-js/tiny/dist/mermaid.tiny.js'), 'utf8'),
  );
  mermaid = (globalThis as unknown as { readonly mermaid: Mermaid }).mermaid;
});

const catalog = (sql: string): Catalog => catalogOf('postgresql', [parse(sql, 'postgresql')]).catalog;

describe('an ER diagram', () => {
  it('shows columns, keys and how many rows refer to how many', () => {
    const schema = catalog(`
      CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(40) UNIQUE);
      CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, gift_to bigint REFERENCES customers);
      CREATE TABLE other (id int);`);
    expect(erDiagram(schema, [{ name: 'orders' }, { name: 'no such table' }])).toBe(
      [
        'erDiagram',
        '  t1["orders"] {',
        '    bigint id PK',
        '    bigint customer_id FK',
        '    bigint gift_to FK',
        '  }',
        '  t2["customers"]',
        '  t2 ||--o{ t1 : "customer_id"',
        '  t2 |o--o{ t1 : "gift_to"',
      ].join('\n'),
    );
  });

  it.each([
    'CREATE TABLE a ()',
    'CREATE TABLE a (n numeric(10,2), t timestamp(3) with time zone, l text[], x "char", y "My Type")',
    'CREATE TABLE "O\'dd ""T"" %% ; {}" ("1st" int, "weird ""name"" <b>" int, "größe" int, "erDiagram" int, "PK" int)',
    'CREATE TABLE a (b bigint REFERENCES x."un\\known")',
  ])('is read by mermaid: %s', async (sql) => {
    expect(await mermaid.parse(erDiagram(catalog(sql)))).toMatchObject({ diagramType: 'er' });
  });

  it('is read by mermaid whatever the names', async () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .filter((text) => !text.includes('\0') && text.isWellFormed());
    await fc.assert(
      fc.asyncProperty(name, name, async (table, column) => {
        const sql = `CREATE TABLE ${quoteIdentifier(table)} (${quoteIdentifier(column)} int REFERENCES ${quoteIdentifier(`${table.slice(1)}x`)})`;
        expect(await mermaid.parse(erDiagram(catalog(sql)))).toMatchObject({ diagramType: 'er' });
      }),
    );
  });
});
