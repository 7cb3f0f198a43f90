import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { Catalog } from '../../../src/sql/catalog.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

/** What is left of a schema, one line an object. */
function left({ tables, views, enums, domains, composites }: Catalog): readonly string[] {
  return [
    ...[...tables].flatMap(([key, { columns, constraints, indexes, triggers = [], policies = [] }]) => [
      `table ${key}`,
      ...columns.map(({ name, type }) => `${key} column ${name} ${type}`),
      ...constraints.flatMap(({ kind, name }) => (kind === 'not-null' ? [] : [`${key} constraint ${name}`])),
      ...indexes.map(({ name }) => `${key} index ${name}`),
      ...triggers.map(({ name }) => `${key} trigger ${name}`),
      ...policies.map(({ name }) => `${key} policy ${name}`),
    ]),
    ...[...views].map(([key, { columns = [] }]) => `view ${key} ${columns.join(', ')}`),
    ...[...enums.keys(), ...domains.keys(), ...composites.keys()].map((key) => `type ${key}`),
  ].toSorted();
}

const ofServer = `
  WITH relations AS (
    SELECT c.oid, c.relkind, c.reltype, n.nspname || '.' || c.relname AS key FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^(pg_|information_schema)' AND c.relkind IN ('r', 'p', 'v', 'm')),
  tables AS (SELECT * FROM relations WHERE relkind IN ('r', 'p'))
  SELECT 'table ' || key AS fact FROM tables
  UNION ALL SELECT key || ' column ' || attname || ' ' || format_type(atttypid, atttypmod) FROM tables JOIN pg_attribute ON attrelid = oid WHERE attnum > 0 AND NOT attisdropped
  UNION ALL SELECT key || ' constraint ' || conname FROM tables t JOIN pg_constraint ON conrelid = t.oid WHERE contype IN ('p', 'u', 'c', 'f', 'x')
  UNION ALL SELECT key || ' index ' || i.relname FROM tables t JOIN pg_index ON indrelid = t.oid JOIN pg_class i ON i.oid = indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u', 'x'))
  UNION ALL SELECT key || ' trigger ' || tgname FROM tables t JOIN pg_trigger ON tgrelid = t.oid WHERE NOT tgisinternal
  UNION ALL SELECT key || ' policy ' || polname FROM tables t JOIN pg_policy ON polrelid = t.oid
  UNION ALL SELECT 'view ' || key || ' ' || (SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = oid AND attnum > 0) FROM relations WHERE relkind IN ('v', 'm')
  UNION ALL SELECT 'type ' || n.nspname || '.' || t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname !~ '^(pg_|information_schema)' AND (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND t.typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c')))`;

const given = `
  CREATE SCHEMA app;
  CREATE TYPE mood AS ENUM ('a', 'b'); CREATE DOMAIN amount AS numeric CHECK (VALUE > 0); CREATE TYPE app.pair AS (x int, m mood);
  CREATE TABLE teams (id bigserial PRIMARY KEY, name text UNIQUE, mood mood DEFAULT 'a', parent bigint REFERENCES teams);
  CREATE TABLE people (id int PRIMARY KEY, team bigint REFERENCES teams, name text, pay amount, half numeric GENERATED ALWAYS AS (pay / 2) STORED,
    moods mood[], team_name text REFERENCES teams (name), CHECK (length(name) > 0));
  CREATE INDEX ON people (team, name); CREATE INDEX ON people (lower(name)); CREATE INDEX ON people (id) WHERE pay > 10;
  CREATE TABLE app.logs (id bigint, at date, person int REFERENCES people) PARTITION BY RANGE (at);
  CREATE TABLE app.logs_1 PARTITION OF app.logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  CREATE TABLE base (id int, note text); CREATE TABLE derived (extra int) INHERITS (base);
  CREATE VIEW rich AS SELECT id, name, pay FROM people WHERE pay > 100; CREATE VIEW richest AS SELECT * FROM rich ORDER BY pay;
  CREATE VIEW team_names AS SELECT t.name, count(*) AS size FROM teams t JOIN people p ON p.team = t.id GROUP BY t.name;
  CREATE MATERIALIZED VIEW app.recent AS SELECT id, at FROM app.logs_1; CREATE VIEW pairs AS SELECT NULL::app.pair AS pair;
  CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER stamps BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION stamp();
  CREATE POLICY own ON people USING (pay > 0); CREATE POLICY of_team ON base USING (id IN (SELECT id FROM teams));`;

it.each([
  'DROP TABLE teams CASCADE',
  'DROP TABLE people CASCADE',
  'DROP TABLE app.logs CASCADE',
  'DROP TABLE base CASCADE',
  'DROP TYPE mood CASCADE',
  'DROP DOMAIN amount CASCADE',
  'DROP TYPE app.pair CASCADE',
  'DROP SCHEMA app CASCADE',
  'DROP VIEW rich CASCADE',
  'DROP FUNCTION stamp() CASCADE',
  'DROP SEQUENCE teams_id_seq CASCADE',
  'ALTER TABLE people DROP COLUMN name CASCADE',
  'ALTER TABLE people DROP COLUMN pay CASCADE',
  'ALTER TABLE teams DROP COLUMN name CASCADE',
  'ALTER TABLE teams DROP COLUMN id CASCADE',
  'ALTER TABLE base DROP COLUMN note CASCADE',
  'ALTER TABLE teams DROP CONSTRAINT teams_pkey CASCADE',
  'ALTER TABLE teams DROP CONSTRAINT teams_name_key CASCADE',
  'DROP MATERIALIZED VIEW app.recent; DROP TABLE app.logs',
  'DROP VIEW richest; DROP VIEW rich; ALTER TABLE people DROP COLUMN half; DROP POLICY own ON people; ALTER TABLE people DROP COLUMN pay',
  'ALTER TABLE people RENAME TO persons; ALTER TABLE persons RENAME COLUMN name TO full_name; ALTER TABLE persons DROP COLUMN full_name CASCADE',
  'ALTER SCHEMA app RENAME TO shop; DROP TABLE people CASCADE',
  'ALTER SCHEMA app RENAME TO shop; DROP TABLE shop.logs CASCADE',
  'ALTER VIEW rich RENAME TO wealthy; ALTER VIEW wealthy RENAME COLUMN pay TO wage; DROP VIEW wealthy CASCADE',
  'ALTER TABLE people ADD COLUMN late int; CREATE OR REPLACE VIEW rich AS SELECT id, name, pay, late FROM people; ALTER TABLE people DROP COLUMN late CASCADE',
])('leaves what the server leaves: %s', async (sql) => {
  const { catalog, problems } = catalogOf('postgresql', [parse(given, 'postgresql'), parse(sql, 'postgresql')]);
  expect(problems).toEqual([]);

  await postgres.exec(`BEGIN; ${given}`);
  try {
    await postgres.exec(sql);
    const { rows } = await postgres.query<{ fact: string }>(ofServer);
    expect(left(catalog)).toEqual(rows.map(({ fact }) => fact).toSorted());
  } finally {
    await postgres.exec('ROLLBACK');
  }
});
