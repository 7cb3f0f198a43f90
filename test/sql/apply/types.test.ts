import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

const history = `
  CREATE SCHEMA app;
  CREATE TYPE mood AS ENUM ('sad', 'ok'); ALTER TYPE mood ADD VALUE 'happy'; ALTER TYPE mood ADD VALUE 'so' BEFORE 'ok';
  ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'; ALTER TYPE mood RENAME TO feeling;
  CREATE DOMAIN quantity AS integer CHECK (VALUE > 0) CHECK (VALUE < 9); CREATE DOMAIN label AS varchar(20) DEFAULT 'x' NOT NULL;
  ALTER DOMAIN quantity ADD CHECK (VALUE <> 5) NOT VALID; ALTER DOMAIN quantity DROP CONSTRAINT quantity_check1;
  ALTER DOMAIN quantity RENAME CONSTRAINT quantity_check TO above; ALTER DOMAIN quantity SET NOT NULL;
  ALTER DOMAIN label DROP NOT NULL; ALTER DOMAIN label DROP DEFAULT; ALTER DOMAIN quantity SET DEFAULT 3;
  CREATE DOMAIN more AS quantity; ALTER DOMAIN quantity RENAME TO amount; ALTER DOMAIN amount SET SCHEMA app;
  CREATE TYPE size AS (width int, height label); ALTER TYPE size ADD ATTRIBUTE depth int, ALTER ATTRIBUTE width TYPE bigint;
  ALTER TYPE size RENAME ATTRIBUTE depth TO deep; ALTER DOMAIN label RENAME TO "Label";
  CREATE TABLE t (a feeling, b feeling[], c app.amount, d "Label", e size, f text COLLATE "C", g varchar(9) COLLATE "C");
  ALTER TYPE feeling SET SCHEMA app; ALTER TYPE size RENAME TO "Size"; ALTER TYPE "Size" DROP ATTRIBUTE width;
  ALTER TABLE t ALTER f TYPE text, ALTER g TYPE varchar(10) COLLATE "POSIX";
  CREATE TYPE gone AS ENUM ('a'); ALTER TABLE t ADD COLUMN h gone, ADD COLUMN i gone[]; CREATE DOMAIN over_gone AS gone;
  ALTER TABLE t ADD COLUMN j over_gone; DROP TYPE gone CASCADE;`;

const facts = `
  SELECT 'column ' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attcollation <> typcollation THEN ' ' || attcollation::regcollation ELSE '' END AS fact
    FROM pg_attribute JOIN pg_type t ON t.oid = atttypid WHERE attrelid = 't'::regclass AND attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT 'enum ' || nspname || '.' || typname || ' ' || string_agg(enumlabel, ',' ORDER BY enumsortorder)
    FROM pg_enum JOIN pg_type t ON t.oid = enumtypid JOIN pg_namespace n ON n.oid = typnamespace GROUP BY nspname, typname
  UNION ALL
  SELECT 'domain ' || nspname || '.' || typname || ' ' || format_type(typbasetype, typtypmod) || ' ' || (NOT typnotnull) || ' ' || coalesce(typdefault, '') || ' '
      || coalesce((SELECT string_agg(conname || ':' || convalidated, ',' ORDER BY conname) FROM pg_constraint WHERE contypid = t.oid AND contype = 'c'), '')
    FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace WHERE typtype = 'd' AND nspname IN ('public', 'app')
  UNION ALL
  SELECT 'composite ' || nspname || '.' || relname || ' ' || coalesce(string_agg(attname || ':' || format_type(atttypid, atttypmod), ',' ORDER BY attnum), '')
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute ON attrelid = c.oid AND NOT attisdropped
    WHERE relkind = 'c' AND nspname IN ('public', 'app') GROUP BY nspname, relname`;

it('knows of types what PostgreSQL knows after a history of changes', async () => {
  for (const { sql } of parse(history, 'postgresql').statements) await postgres.exec(sql);
  const { rows } = await postgres.query<{ fact: string }>(facts);

  const { catalog, problems } = catalogOf('postgresql', [parse(history, 'postgresql')]);
  expect(problems).toEqual([]);
  const { tables, enums, domains, composites } = catalog;
  const known = [
    ...(tables.get('public.t')?.columns ?? []).map(
      ({ name, type, collation }) => `column ${name} ${type}${collation === undefined ? '' : ` ${collation}`}`,
    ),
    ...[...enums].map(([key, values]) => `enum ${key} ${values.join(',')}`),
    ...[...domains].map(([key, { type, nullable, default: value, checks }]) => {
      const named = checks.map(({ name, validated }) => `${name}:${validated}`).toSorted();
      return `domain ${key} ${type} ${nullable} ${value?.sql ?? ''} ${named.join(',')}`;
    }),
    ...[...composites].map(
      ([key, attributes]) => `composite ${key} ${attributes.map(({ name, type }) => `${name}:${type}`).join(',')}`,
    ),
  ];
  expect(known.toSorted()).toEqual(rows.map(({ fact }) => fact).toSorted());
});

describe('problems', () => {
  it.each([
    ["ALTER TYPE t ADD VALUE 'a'", 'type `t` is not known'],
    ["ALTER TYPE t RENAME VALUE 'a' TO 'b'", 'type `t` is not known'],
    ["CREATE TYPE t AS ENUM ('a'); ALTER TYPE t RENAME VALUE 'b' TO 'c'", 'value `b` of type `t` is not known'],
    ['ALTER DOMAIN app.d SET NOT NULL', 'type `app.d` is not known'],
    ['ALTER TYPE t ADD ATTRIBUTE a int', 'type `t` is not known'],
  ])('%s', (sql, problem) => {
    const { problems } = catalogOf('postgresql', [parse(sql, 'postgresql')]);
    expect(problems.map((each) => each.problem)).toEqual([problem]);
  });

  it.each([
    'DROP TYPE t',
    'ALTER TYPE t RENAME TO u',
    'CREATE TYPE r AS RANGE (subtype = int); ALTER TYPE r RENAME TO s',
  ])('none in %s, since it may be a range', (sql) => {
    expect(catalogOf('postgresql', [parse(sql, 'postgresql')]).problems).toEqual([]);
  });
});
