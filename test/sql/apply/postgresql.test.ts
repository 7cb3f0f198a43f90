import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { Catalog } from '../../../src/sql/catalog.ts';
import type { Constraint } from '../../../src/sql/change.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

const sql = readFileSync(new URL('./history.sql', import.meta.url), 'utf8');
let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

const codes: Readonly<Partial<Record<Constraint['kind'], string>>> = {
  'primary-key': 'p',
  unique: 'u',
  check: 'c',
  'foreign-key': 'f',
  exclusion: 'x',
};

/** A catalog as lines that can also be asked of the server. */
function factsOf({ tables }: Catalog): readonly string[] {
  return [...tables].flatMap(([key, { columns, constraints, indexes }]) => [
    ...columns.map(({ name, type, nullable }) => `${key} column ${name} ${type} ${nullable ? 'null' : 'not null'}`),
    ...constraints
      .filter(({ kind }) => kind in codes)
      .map(
        (each) => `${key} constraint ${each.name} ${codes[each.kind]} ${'validated' in each ? each.validated : true}`,
      ),
    ...indexes.map(({ name }) => `${key} index ${name}`),
  ]);
}

const serverFacts = `
  WITH tables AS (
    SELECT c.oid, n.nspname || '.' || c.relname AS key FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'app'))
  SELECT key || ' column ' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE ' null' END AS fact
    FROM tables JOIN pg_attribute ON attrelid = oid WHERE attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT key || ' constraint ' || conname || ' ' || contype::text || ' ' || convalidated FROM tables t JOIN pg_constraint ON conrelid = t.oid
    WHERE contype NOT IN ('n', 't')
  UNION ALL
  SELECT key || ' index ' || i.relname FROM tables t JOIN pg_index ON indrelid = t.oid JOIN pg_class i ON i.oid = indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u', 'x'))`;

it('knows of a long history what PostgreSQL knows: columns, types, and the names nobody wrote', async () => {
  const script = parse(sql, 'postgresql');
  expect(script.errors).toEqual([]);
  for (const statement of script.statements) await postgres.exec(statement.sql);
  const { rows } = await postgres.query<{ fact: string }>(serverFacts);

  const { catalog, problems } = catalogOf('postgresql', [script]);
  expect(problems).toEqual([]);
  expect(factsOf(catalog).toSorted()).toEqual(rows.map(({ fact }) => fact).toSorted());
});
