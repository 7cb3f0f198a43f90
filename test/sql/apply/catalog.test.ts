import { beforeAll, describe, expect, it } from 'vitest';
import { applyChange, catalogOf } from '../../../src/sql/apply/index.ts';
import { emptyCatalog } from '../../../src/sql/catalog.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const build = (...texts: readonly string[]) =>
  catalogOf(
    'postgresql',
    texts.map((text) => parse(text, 'postgresql')),
  );

describe('problems', () => {
  it.each([
    ['ALTER TABLE ordrs ADD COLUMN a int', 'table `ordrs` is not known'],
    ['ALTER TABLE app.orders DROP COLUMN id', 'table `app.orders` is not known'],
    ['ALTER TABLE orders DROP COLUMN nam', 'column `nam` of table `orders` is not known'],
    ['ALTER TABLE orders ALTER COLUMN nam SET NOT NULL', 'column `nam` of table `orders` is not known'],
    ['ALTER TABLE orders RENAME COLUMN nam TO name', 'column `nam` of table `orders` is not known'],
    ['ALTER TABLE orders ADD COLUMN id int', 'column `id` of table `orders` exists already'],
    ['ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES people (id)', 'table `people` is not known'],
    ['ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES orders (nr)', 'column `nr` of table `orders` is not known'],
    ['ALTER TABLE orders ADD UNIQUE (nam)', 'column `nam` of table `orders` is not known'],
    ['ALTER TABLE orders VALIDATE CONSTRAINT c', 'constraint `c` of table `orders` is not known'],
    ['ALTER TABLE orders DROP CONSTRAINT c', 'constraint `c` of table `orders` is not known'],
    ['CREATE INDEX i ON orders (nam)', 'column `nam` of table `orders` is not known'],
    ['DROP INDEX i', 'index `i` is not known'],
    ['DROP TABLE people', 'table `people` is not known'],
    ['CREATE TABLE orders (id int)', 'table `orders` exists already'],
    ['UPDATE people SET a = 1', 'table `people` is not known'],
    ['COMMENT ON COLUMN orders.nam IS NULL', 'column `nam` of table `orders` is not known'],
  ])('%s', (sql, problem) => {
    expect(build('CREATE TABLE orders (id int)', sql).problems.map((each) => each.problem)).toEqual([problem]);
  });

  it.each([
    'DROP TABLE IF EXISTS people',
    'DROP INDEX IF EXISTS i',
    'ALTER TABLE orders DROP COLUMN IF EXISTS nam',
    'ALTER TABLE orders DROP CONSTRAINT IF EXISTS c',
    'ALTER TABLE orders ADD COLUMN IF NOT EXISTS id int UNIQUE',
    'CREATE TABLE IF NOT EXISTS orders (other int)',
    'CREATE TABLE copy AS SELECT 1 AS a; ALTER TABLE copy DROP COLUMN a',
    'CREATE TEMP TABLE t (a int); UPDATE t SET a = 1; ALTER TABLE t DROP COLUMN a',
    'CREATE VIEW v AS SELECT 1 AS a; INSERT INTO v VALUES (1); ALTER VIEW v RENAME TO w; INSERT INTO w VALUES (1)',
    'SELECT * FROM pg_catalog.pg_class',
  ])('none in %s', (sql) => {
    expect(build('CREATE TABLE orders (id int)', sql).problems).toEqual([]);
  });
});

it('leaves the catalog that it is given as it was', () => {
  const { catalog } = build('CREATE TABLE orders (id int PRIMARY KEY, note text)');
  const before = structuredClone(catalog);
  applyChange(catalog, {
    kind: 'drop-column',
    table: { name: 'orders' },
    column: 'note',
    ifExists: false,
    cascade: false,
  });
  applyChange(catalog, { kind: 'drop-table', table: { name: 'orders' }, ifExists: false, cascade: false });
  expect(catalog).toEqual(before);
});

it('takes up a table that a migration alters without anybody having made it', () => {
  const { catalog } = applyChange(emptyCatalog('postgresql'), {
    kind: 'set-not-null',
    table: { name: 'orders' },
    column: 'note',
  });
  expect(catalog.tables.get('public.orders')?.open).toBe(true);
});

it('follows renames into indexes, checks and the foreign keys of others', () => {
  const { catalog } = build(
    `CREATE TABLE people (id int PRIMARY KEY, name text CHECK (length(name) > 0 AND name <> 'name'));
     CREATE TABLE orders (id int PRIMARY KEY, person int REFERENCES people);
     CREATE INDEX people_lower ON people (lower(name)) WHERE name IS NOT NULL;
     ALTER TABLE people RENAME COLUMN name TO "Full name"; ALTER TABLE people RENAME COLUMN id TO nr; ALTER TABLE people RENAME TO persons;`,
  );
  expect(catalog.tables.get('public.orders')?.constraints.at(1)).toMatchObject({
    references: { name: 'persons' },
    referencedColumns: ['nr'],
  });
  expect(catalog.tables.get('public.persons')).toMatchObject({
    constraints: [
      { name: 'people_pkey', columns: ['nr'] },
      { name: 'people_name_check', expression: `length("Full name") > 0 AND "Full name" <> 'name'` },
    ],
    indexes: [
      { keys: [{ expression: 'lower("Full name")' }], where: '"Full name" IS NOT NULL', table: { name: 'persons' } },
    ],
  });
});

it('reads 5,000 migrations without square time', () => {
  const texts = Array.from({ length: 5_000 }, (_, n) =>
    n % 5 === 0
      ? `CREATE TABLE t${n} (id bigserial PRIMARY KEY, a int UNIQUE, b text);`
      : `ALTER TABLE t${n - (n % 5)} ADD COLUMN c${n} int REFERENCES t${n - (n % 5)}; CREATE INDEX ON t${n - (n % 5)} (c${n});`,
  );
  const { catalog, problems } = build(...texts);
  expect(problems).toEqual([]);
  expect(catalog.tables.size).toBe(1_000);
});
