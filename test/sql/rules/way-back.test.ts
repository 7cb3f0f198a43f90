import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { introspect } from '../../../src/engines/introspect/introspect.ts';
import type { Row, Session } from '../../../src/engines/session.ts';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
  await postgres.exec(given);
});
afterAll(() => postgres.close());

const given = `
  CREATE TABLE orders (id bigint PRIMARY KEY, note text DEFAULT 'x', total integer NOT NULL, memo text DEFAULT 'm');
  CREATE INDEX orders_memo ON orders (memo);
  CREATE INDEX orders_note ON orders (note);
  CREATE VIEW notes AS SELECT note FROM orders;`;

function said(sql: string, down: string, known = true): readonly string[] {
  const before = catalogOf('postgresql', [parse(known ? given : '', 'postgresql')]).catalog;
  const { findings } = lint([{ file: 'a.sql', sql, down }], { engine: 'postgresql', before });
  return findings.filter(({ rule }) => rule === 'down-not-inverse').map(({ message }) => message);
}

/** Whether PostgreSQL has the same schema after both directions as before them; what they do is undone. */
async function leadsBack(up: string, down: string): Promise<boolean> {
  const definitions = async () => {
    const session = { inspect: async (query: string) => (await postgres.query<Row>(query)).rows };
    const { objects } = await introspect(session as unknown as Session);
    return [...objects.values()].map(({ key, definition }) => `${key} ${definition}`).toSorted();
  };
  await postgres.exec('BEGIN');
  try {
    const before = await definitions();
    await postgres.exec(`${up}\n;${down}`);
    return JSON.stringify(await definitions()) === JSON.stringify(before);
  } finally {
    await postgres.exec('ROLLBACK');
  }
}

describe('a way back that leads back', () => {
  it.each([
    ['CREATE TABLE a (id int); CREATE INDEX i ON a (id);', 'DROP TABLE a;'],
    ['CREATE TABLE a (id int); CREATE TABLE b (id int);', 'DROP TABLE IF EXISTS b, a CASCADE;'],
    ['ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b int;', 'ALTER TABLE orders DROP COLUMN b, DROP COLUMN a;'],
    ['ALTER TABLE orders RENAME note TO remark;', 'ALTER TABLE orders RENAME remark TO note;'],
    ['ALTER TABLE orders RENAME TO sales;', 'ALTER TABLE sales RENAME TO orders;'],
    ['DROP INDEX orders_note;', 'CREATE INDEX orders_note ON orders (note);'],
    ['ALTER TABLE orders ALTER total TYPE bigint;', 'ALTER TABLE orders ALTER total TYPE integer;'],
    ['ALTER TABLE orders ALTER note SET NOT NULL;', 'ALTER TABLE orders ALTER note DROP NOT NULL;'],
    [
      "ALTER TABLE orders ALTER note SET DEFAULT 'y';",
      "ALTER TABLE orders ALTER COLUMN note SET DEFAULT ( 'x'::text );",
    ],
    ['ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);', 'ALTER TABLE orders DROP CONSTRAINT c;'],
    ['DROP VIEW notes;', 'CREATE VIEW notes AS SELECT note FROM orders;'],
    ["CREATE TYPE mood AS ENUM ('a');", 'DROP TYPE mood;'],
    ["INSERT INTO orders VALUES (1, 'a', 2);", ''],
  ])('%s / %s', async (up, down) => {
    expect(said(up, down)).toEqual([]);
    expect(await leadsBack(up, down)).toBe(true);
  });

  it.each([
    ['CREATE EXTENSION IF NOT EXISTS citext; CREATE TABLE a (id int);', 'DROP TABLE a;'],
    ['ALTER TABLE orders DROP COLUMN note;', '-- irreversible: the notes are gone'],
    ["DO $$ BEGIN EXECUTE 'CREATE TABLE a (id int)' || 1; END $$;", 'SELECT 1;'],
    ['CREATE TABLE a (id int);', 'DROP TABLE {{ name }};'],
  ])('%s / %s: or where that is meant, or cannot be known', (up, down) => {
    expect(said(up, down)).toEqual([]);
  });

  it.each([
    ['ALTER TABLE elsewhere ADD COLUMN a int;', 'ALTER TABLE elsewhere DROP COLUMN a;'],
    ['ALTER TABLE elsewhere DROP COLUMN a;', 'ALTER TABLE elsewhere ADD COLUMN a int;'],
    ['CREATE INDEX i ON elsewhere (a);', 'DROP INDEX i;'],
    ['ALTER TABLE elsewhere RENAME TO there;', 'ALTER TABLE there RENAME TO elsewhere;'],
    ['DROP TABLE elsewhere;', 'CREATE TABLE elsewhere (id int);'],
  ])('%s / %s, of a table that nobody knows', (up, down) => {
    expect(said(up, down, false)).toEqual([]);
  });
});

describe('a way back that does not', () => {
  it.each([
    ['CREATE TABLE a (id int); CREATE TABLE b (id int);', 'DROP TABLE a;', 'table `b` is still there'],
    ['CREATE TABLE a (id int);', '', 'table `a` is still there'],
    [
      'ALTER TABLE orders ADD COLUMN a int, ADD b int;',
      'ALTER TABLE orders DROP a;',
      'column `b` of `orders` is still there',
    ],
    ['ALTER TABLE orders DROP COLUMN total;', 'SELECT 1;', 'column `total` of `orders` is missing'],
    [
      'ALTER TABLE orders DROP COLUMN memo;',
      'ALTER TABLE orders ADD memo text;',
      "column `memo` of `orders` has no default instead of 'm'; index `orders_memo` of `orders` is missing",
    ],
    [
      'ALTER TABLE orders ALTER total TYPE bigint;',
      'ALTER TABLE orders ALTER total TYPE smallint;',
      'column `total` of `orders` is smallint instead of integer',
    ],
    ['ALTER TABLE orders ALTER total DROP NOT NULL;', '', 'column `total` of `orders` is nullable now'],
    [
      "ALTER TABLE orders ALTER note SET DEFAULT 'y';",
      "ALTER TABLE orders ALTER note SET DEFAULT 'X';",
      "column `note` of `orders` has the default 'X' instead of 'x'",
    ],
    [
      'DROP INDEX orders_note;',
      'CREATE INDEX orders_notes ON orders (note);',
      'index `orders_note` of `orders` is missing; index `orders_notes` of `orders` is still there',
    ],
    ['DROP INDEX orders_note;', '', 'index `orders_note` of `orders` is missing'],
    [
      'DROP INDEX orders_note;',
      'CREATE INDEX orders_note ON orders (total);',
      'index `orders_note` of `orders` is another one',
    ],
    ['ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0);', '', 'constraint `c` of `orders` is still there'],
    ["CREATE TYPE mood AS ENUM ('a');", '', 'enum `mood` is still there'],
    ['CREATE VIEW v AS SELECT 1 AS a;', '', 'view `v` is still there'],
    [
      'ALTER TABLE elsewhere ADD a int, ADD b int;',
      'ALTER TABLE elsewhere DROP a;',
      'column `b` of `elsewhere` is still there',
    ],
  ])('%s / %s', async (up, down, message) => {
    expect(said(up, down)).toEqual([`After the way back, ${message}.`]);
    if (!up.includes('elsewhere')) expect(await leadsBack(up, down)).toBe(false);
  });

  it('is said where it cannot be read', () => {
    const files = [
      { file: 'a.up.sql', sql: 'CREATE TABLE a (id int);', down: '\nDROP TABEL a;', downFile: 'a.down.sql' },
    ];
    const { errors, findings } = lint(files, { engine: 'postgresql' });
    expect(errors).toMatchObject([{ file: 'a.down.sql', line: 2, column: 6 }]);
    expect(findings.filter(({ rule }) => rule === 'down-not-inverse')).toEqual([]);
  });

  it('names three and counts the rest', () => {
    const tables = ['a', 'b', 'c', 'd', 'e'].map((name) => `CREATE TABLE ${name} (id int);`).join('');
    expect(said(tables, '')).toEqual([
      'After the way back, table `a` is still there; table `b` is still there; table `c` is still there, and 2 more.',
    ]);
  });

  it('is said where it stands in the same file', () => {
    const { findings } = lint([{ file: 'a.sql', sql: 'CREATE TABLE a (id int);', down: '\n\n\nSELECT 1;' }], {
      engine: 'postgresql',
    });
    expect(findings.find(({ rule }) => rule === 'down-not-inverse')).toMatchObject({ line: 4, column: 1 });
  });
});
