import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = `
  CREATE SCHEMA app;
  CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE app.mood AS ENUM ('sad', 'ok');
  CREATE TYPE size AS (width int, height int); CREATE TYPE unused AS (a int);
  CREATE DOMAIN quantity AS int; CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN label AS text NOT NULL;
  CREATE DOMAIN five AS int DEFAULT 5 NOT NULL; CREATE DOMAIN idle AS int; CREATE DOMAIN over AS quantity;
  CREATE DOMAIN inner_quantity AS int; CREATE TYPE line AS (amount inner_quantity);
  CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(40), amount quantity, more over, mood mood, size size, line line[],
    placed_at timestamp, paid_at timestamptz, total numeric(10,2), code text UNIQUE, "Odd" varchar(9),
    doubled int GENERATED ALWAYS AS (1 + 1) STORED, CHECK (length(code) > 1));
  CREATE TABLE app.notes (id bigint PRIMARY KEY, body text COLLATE "C", mood app.mood);
  CREATE INDEX notes_body ON app.notes (body); CREATE INDEX orders_note ON orders (lower(note));`;

const own: ReadonlySet<string> = new Set([
  ...['column-type-rewrite', 'column-type-narrowing', 'volatile-default', 'serial-or-identity-rewrite', 'no-money'],
  ...['stored-generated-rewrite', 'domain-column-rewrite', 'set-expression-rewrite', 'domain-constraint-scan'],
  ...['composite-type-change', 'drop-attribute', 'required-column', 'rename-enum-value', 'rename-type', 'no-char'],
  ...['enum-value-in-transaction', 'prefer-bigint', 'prefer-timestamptz', 'prefer-jsonb', 'type-change-needs-using'],
]);

type Row = readonly [sql: string, findings: readonly string[], options?: Partial<LintOptions>];

/** What the rules about types say, with the level where it is not an error. */
function said(sql: string, options: Partial<LintOptions> = {}): readonly string[] {
  const { catalog: before, problems } = catalogOf('postgresql', [parse(given, 'postgresql')]);
  expect(problems).toEqual([]);
  const { findings, errors } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before, ...options });
  expect(errors).toEqual([]);
  return findings
    .filter(({ rule }) => own.has(rule))
    .map(({ rule, level }) => (level === 'error' ? rule : `${level} ${rule}`));
}

const rewrite = ['column-type-rewrite'];
const narrowing = ['column-type-narrowing', 'column-type-rewrite'];
const doubtful = ['warning column-type-narrowing', 'column-type-rewrite'];

const tables: Readonly<Record<string, readonly Row[]>> = {
  'a change of type': [
    ['ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2)', []],
    ['ALTER TABLE orders ALTER COLUMN total SET DATA TYPE numeric', []],
    ['ALTER TABLE IF EXISTS ONLY public.orders ALTER total TYPE numeric(12,4)', rewrite],
    ['ALTER TABLE orders ALTER total TYPE numeric(9,2)', doubtful],
    ['ALTER TABLE orders ALTER total TYPE numeric(10,1)', narrowing],
    ['ALTER TABLE orders ALTER total TYPE integer USING total::integer', narrowing],
    ['ALTER TABLE orders ALTER total TYPE integer USING round(total)', rewrite],
    ['ALTER TABLE orders ALTER note TYPE varchar(20)', doubtful],
    ['ALTER TABLE orders ALTER note TYPE varchar(20) USING note::varchar(20)', narrowing],
    ['ALTER TABLE orders ALTER note TYPE varchar(20) USING left(note, 20)', rewrite],
    ['ALTER TABLE orders ALTER note TYPE varchar(80)', rewrite],
    ['ALTER TABLE orders ALTER "Odd" TYPE varchar(20)', []],
    ['ALTER TABLE orders ALTER "Odd" TYPE text USING "Odd"::text', []],
    ['ALTER TABLE orders ALTER code TYPE varchar', rewrite],
    ['ALTER TABLE orders ALTER amount TYPE int', []],
    ['ALTER TABLE orders ALTER amount TYPE positive', doubtful],
    ['ALTER TABLE orders ALTER amount TYPE bigint', rewrite],
    ['ALTER TABLE orders ALTER mood TYPE text', rewrite],
    ['ALTER TABLE orders ALTER mood TYPE app.mood USING mood::text::app.mood', doubtful],
    ['ALTER TABLE app.notes ALTER mood TYPE app.mood', []],
    ['ALTER TABLE app.notes ALTER body TYPE text', rewrite],
    ['ALTER TABLE app.notes ALTER body TYPE text COLLATE "C"', []],
    ['ALTER TABLE orders ALTER total TYPE numeric(12,2), ALTER note TYPE int USING length(note)', rewrite],
    ['ALTER TABLE orders ALTER placed_at TYPE timestamptz', ['warning column-type-narrowing', ...rewrite]],
    ["SET timezone = 'UTC'; ALTER TABLE orders ALTER placed_at TYPE timestamptz", []],
    ["SET TIME ZONE 'Etc/UTC'; ALTER TABLE orders ALTER paid_at TYPE timestamp", ['notice prefer-timestamptz']],
    [
      "BEGIN; SET LOCAL timezone TO 'UTC'; COMMIT; ALTER TABLE orders ALTER placed_at TYPE timestamptz",
      ['warning column-type-narrowing', ...rewrite],
    ],
    ["ALTER TABLE orders ALTER placed_at TYPE timestamptz USING placed_at AT TIME ZONE 'UTC'", rewrite],
    ['ALTER TABLE orders ALTER placed_at TYPE timestamp(3)', narrowing],
    ['ALTER TABLE unknown ALTER a TYPE bigint', ['warning column-type-rewrite']],
    ['ALTER TABLE orders ALTER amount TYPE hstore', ['warning column-type-rewrite']],
    ['ALTER TABLE orders ALTER size TYPE int4range USING size::int4range', rewrite],
    ['ALTER TABLE orders ALTER total TYPE int', [], { rows: () => 0 }],
    ['CREATE TABLE t (id bigint PRIMARY KEY, a int); ALTER TABLE t ALTER a TYPE bigint', []],
    ['DO $$ BEGIN ALTER TABLE orders ALTER amount TYPE bigint; END $$', rewrite],
  ],
  'a change of type without a way': [
    ['ALTER TABLE orders ALTER code TYPE integer', ['type-change-needs-using', ...doubtful]],
    ['ALTER TABLE orders ALTER code TYPE integer USING code::integer', doubtful],
    ['ALTER TABLE orders ALTER code TYPE mood', ['type-change-needs-using', ...doubtful]],
    ['ALTER TABLE app.notes ALTER mood TYPE mood', ['type-change-needs-using', ...rewrite]],
    ['ALTER TABLE orders ALTER amount TYPE boolean', ['type-change-needs-using', ...narrowing]],
    ['ALTER TABLE orders ALTER code TYPE citext', rewrite],
    [
      "ALTER TABLE orders ALTER code SET DEFAULT '0'; ALTER TABLE orders ALTER code TYPE integer USING 0",
      ['type-change-needs-using', ...rewrite],
    ],
    [
      "ALTER TABLE orders ALTER code SET DEFAULT '0'; ALTER TABLE orders ALTER code TYPE integer USING 0, ALTER code DROP DEFAULT",
      rewrite,
    ],
    ['CREATE TABLE t (id bigint PRIMARY KEY, a text); ALTER TABLE t ALTER a TYPE integer', ['type-change-needs-using']],
    ['CREATE TABLE t (id bigint PRIMARY KEY, a text DEFAULT NULL); ALTER TABLE t ALTER a TYPE integer USING 1', []],
  ],
  'a new column': [
    ['ALTER TABLE orders ADD COLUMN a serial', ['serial-or-identity-rewrite', 'warning prefer-bigint']],
    ['ALTER TABLE orders ADD COLUMN a bigserial NOT NULL', ['serial-or-identity-rewrite']],
    ['ALTER TABLE orders ADD a bigint GENERATED BY DEFAULT AS IDENTITY', ['serial-or-identity-rewrite']],
    ['ALTER TABLE orders ADD a int GENERATED ALWAYS AS (1 + 1) STORED', ['stored-generated-rewrite']],
    ['ALTER TABLE orders ADD a int GENERATED ALWAYS AS (1 + 1) VIRTUAL', [], { engineVersion: '18' }],
    ['ALTER TABLE orders ADD COLUMN IF NOT EXISTS note uuid DEFAULT gen_random_uuid()', []],
    ['ALTER TABLE orders ADD COLUMN IF NOT EXISTS other uuid DEFAULT gen_random_uuid()', ['volatile-default']],
    ['ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b float DEFAULT random()', ['volatile-default']],
    ['ALTER TABLE orders ADD COLUMN a quantity', []],
    ['ALTER TABLE orders ADD COLUMN a positive', ['domain-column-rewrite']],
    ['ALTER TABLE orders ADD COLUMN a positive DEFAULT 1', ['domain-column-rewrite']],
    ['ALTER TABLE orders ADD COLUMN a positive[]', []],
    ['ALTER TABLE orders ADD COLUMN a label', ['domain-column-rewrite', 'required-column']],
    ["ALTER TABLE orders ADD COLUMN a label DEFAULT 'x'", ['domain-column-rewrite']],
    ['ALTER TABLE orders ADD COLUMN a five', ['domain-column-rewrite']],
    ['ALTER TABLE orders ADD COLUMN a five NOT NULL', ['domain-column-rewrite']],
    ['ALTER TABLE orders ADD COLUMN a positive', [], { rows: () => 0 }],
    ['CREATE TABLE t (id bigint PRIMARY KEY); ALTER TABLE t ADD COLUMN a bigserial', []],
  ],
  'a required column': [
    ['ALTER TABLE orders ADD COLUMN a int NOT NULL', ['required-column']],
    ['ALTER TABLE orders ADD COLUMN IF NOT EXISTS a int NOT NULL', ['required-column']],
    ['ALTER TABLE orders ADD COLUMN IF NOT EXISTS note int NOT NULL', []],
    ['ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT NULL', ['required-column']],
    ['ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT NULL::int', ['required-column']],
    ['ALTER TABLE orders ADD COLUMN a quantity NOT NULL', ['required-column']],
    ['ALTER TABLE orders ADD COLUMN a int PRIMARY KEY', ['required-column']],
  ],
  'another expression': [
    ['ALTER TABLE orders ALTER doubled SET EXPRESSION AS (2 + 2)', ['set-expression-rewrite']],
    ['ALTER TABLE unknown ALTER doubled SET EXPRESSION AS (2 + 2)', ['set-expression-rewrite']],
    [
      'CREATE TABLE t (id bigint PRIMARY KEY, a int GENERATED ALWAYS AS (1) STORED); ALTER TABLE t ALTER a SET EXPRESSION AS (2)',
      [],
    ],
  ],
  'a domain': [
    ['ALTER DOMAIN quantity ADD CHECK (VALUE > 0)', ['domain-constraint-scan']],
    ['ALTER DOMAIN quantity ADD CHECK (VALUE > 0) NOT VALID', []],
    ['ALTER DOMAIN public.quantity SET NOT NULL', ['domain-constraint-scan']],
    ['ALTER DOMAIN over SET NOT NULL', ['domain-constraint-scan']],
    ['ALTER DOMAIN inner_quantity SET NOT NULL', ['domain-constraint-scan']],
    ['ALTER DOMAIN quantity DROP NOT NULL', []],
    ['ALTER DOMAIN quantity SET DEFAULT 7', []],
    ['ALTER DOMAIN idle ADD CHECK (VALUE > 0)', []],
    ['ALTER DOMAIN unknown ADD CHECK (VALUE > 0)', ['warning domain-constraint-scan']],
    ['CREATE DOMAIN d AS int; ALTER DOMAIN d ADD CHECK (VALUE > 0)', []],
    ['ALTER DOMAIN quantity ADD CHECK (VALUE > 0)', [], { rows: () => 0 }],
    ['ALTER DOMAIN quantity RENAME TO amount', ['rename-type']],
    ['ALTER DOMAIN quantity RENAME CONSTRAINT a TO b', []],
    ['ALTER DOMAIN quantity SET SCHEMA app', ['rename-type']],
  ],
  'an enum': [
    ["ALTER TYPE mood ADD VALUE 'great'", []],
    ["ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'", ['rename-enum-value']],
    ["CREATE TYPE t AS ENUM ('a'); ALTER TYPE t RENAME VALUE 'a' TO 'b'", []],
    ["ALTER TYPE mood ADD VALUE 'great'; ALTER TYPE mood RENAME VALUE 'great' TO 'best'", []],
    ['ALTER TYPE mood RENAME TO feeling', ['rename-type']],
    ['ALTER TYPE app.mood SET SCHEMA public', ['rename-type']],
  ],
  'a new enum value in its transaction': [
    [
      "BEGIN; ALTER TYPE mood ADD VALUE 'x'; UPDATE orders SET mood = 'x' WHERE id = 1; COMMIT",
      ['enum-value-in-transaction'],
    ],
    ["BEGIN; ALTER TYPE mood ADD VALUE 'x'; COMMIT; UPDATE orders SET mood = 'x' WHERE id = 1", []],
    ["ALTER TYPE mood ADD VALUE 'x'; UPDATE orders SET mood = 'x' WHERE id = 1", []],
    [
      "ALTER TYPE mood ADD VALUE 'x'; UPDATE orders SET mood = 'x' WHERE id = 1",
      ['enum-value-in-transaction'],
      { assumeInTransaction: true },
    ],
    ["BEGIN; ALTER TYPE mood ADD VALUE 'x'; SELECT 'x'::mood; COMMIT", ['enum-value-in-transaction']],
    ["BEGIN; ALTER TYPE mood ADD VALUE 'x'; UPDATE app.notes SET body = 'x' WHERE id = 1; COMMIT", []],
    ["BEGIN; ALTER TYPE mood ADD VALUE 'x'; ALTER TYPE mood ADD VALUE 'y' AFTER 'x'; COMMIT", []],
    [
      "BEGIN; ALTER TYPE mood ADD VALUE 'x'; ALTER TABLE orders ALTER mood SET DEFAULT 'x'; COMMIT",
      ['enum-value-in-transaction'],
    ],
    ["BEGIN; CREATE TYPE t AS ENUM ('a'); ALTER TYPE t ADD VALUE 'x'; SELECT 'x'::t; COMMIT", []],
    [
      "BEGIN; CREATE TYPE t AS ENUM ('a'); COMMIT; BEGIN; ALTER TYPE t ADD VALUE 'x'; SELECT 'x'::t; COMMIT",
      ['enum-value-in-transaction'],
    ],
    [
      "BEGIN; ALTER TYPE mood ADD VALUE 'x'; CREATE FUNCTION f() RETURNS mood LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'::mood; END $$; COMMIT",
      [],
    ],
    [
      "BEGIN; ALTER TYPE mood ADD VALUE 'x'; DO $$ BEGIN UPDATE orders SET mood = 'x' WHERE id = 1; END $$; COMMIT",
      ['enum-value-in-transaction'],
    ],
    [
      "BEGIN; ALTER TYPE mood ADD VALUE 'it''s'; INSERT INTO orders (id, mood) VALUES (1, 'it''s'); COMMIT",
      ['enum-value-in-transaction'],
    ],
  ],
  'a new enum value in its DO block': [
    [
      "DO $$ BEGIN ALTER TYPE mood ADD VALUE 'x'; INSERT INTO orders (id, mood) VALUES (1, 'x'); END $$",
      ['enum-value-in-transaction'],
    ],
    ["DO $$ BEGIN ALTER TYPE mood ADD VALUE 'x'; ALTER TYPE mood ADD VALUE 'y' BEFORE 'x'; END $$", []],
    ["DO $$ BEGIN ALTER TYPE mood ADD VALUE 'x'; PERFORM 1; END $$", []],
  ],
  'a composite type': [
    ['ALTER TYPE size ADD ATTRIBUTE depth int', []],
    ['ALTER TYPE size ALTER ATTRIBUTE width TYPE bigint', ['composite-type-change']],
    ['ALTER TYPE line ALTER ATTRIBUTE amount TYPE bigint CASCADE', ['composite-type-change']],
    ['ALTER TYPE unused ALTER ATTRIBUTE a TYPE bigint', []],
    ['ALTER TYPE unknown ALTER ATTRIBUTE a TYPE bigint', ['warning composite-type-change']],
    ['ALTER TYPE size DROP ATTRIBUTE width', ['drop-attribute']],
    ['ALTER TYPE unused DROP ATTRIBUTE a', []],
    ['ALTER TYPE unknown DROP ATTRIBUTE a', ['warning drop-attribute']],
    ['ALTER TYPE size RENAME ATTRIBUTE width TO breadth', ['rename-type']],
    ['CREATE TYPE t AS (a int); ALTER TYPE t RENAME ATTRIBUTE a TO b; ALTER TYPE t DROP ATTRIBUTE b', []],
  ],
  'types that are hard to leave': [
    ['CREATE TABLE t (id int PRIMARY KEY)', ['warning prefer-bigint']],
    ['CREATE TABLE t (id serial PRIMARY KEY)', ['warning prefer-bigint']],
    ['CREATE TABLE t (id bigint PRIMARY KEY, nr smallserial)', ['warning prefer-bigint']],
    ['CREATE TABLE t (id int, PRIMARY KEY (id))', ['warning prefer-bigint']],
    ['CREATE TABLE t (id smallint PRIMARY KEY)', []],
    ['CREATE TABLE t (a int, b int, PRIMARY KEY (a, b))', []],
    ['CREATE TABLE t (id int PRIMARY KEY REFERENCES orders (id))', []],
    ['CREATE TEMP TABLE t (id int PRIMARY KEY, at timestamp)', []],
    ['CREATE TABLE IF NOT EXISTS orders (id int PRIMARY KEY, at timestamp)', []],
    ['ALTER TABLE orders ADD COLUMN IF NOT EXISTS code json', []],
    ['CREATE TABLE t (id bigint PRIMARY KEY, n int)', []],
    [
      'CREATE TABLE t (id bigint PRIMARY KEY, n int)',
      ['warning prefer-bigint'],
      { ruleOptions: { 'prefer-bigint': { everywhere: true } } },
    ],
    [
      'CREATE TABLE t (id bigint PRIMARY KEY, a timestamp(3), b timestamp[], c timestamptz)',
      ['notice prefer-timestamptz'],
    ],
    ['ALTER TABLE orders ADD COLUMN a json', ['notice prefer-jsonb']],
    [
      'ALTER TABLE orders ALTER COLUMN size TYPE json USING to_json(size)',
      ['column-type-rewrite', 'notice prefer-jsonb'],
    ],
    [
      'ALTER TABLE orders ADD COLUMN a char, ADD COLUMN b char(3), ADD COLUMN c "char", ADD COLUMN d bpchar',
      ['notice no-char', 'notice no-char', 'notice no-char'],
    ],
    ['ALTER TABLE orders ADD COLUMN a money', ['notice no-money']],
    ['ALTER TABLE orders ALTER placed_at TYPE timestamp(6)', []],
  ],
};

describe.each(Object.entries(tables))('%s', (_, rows) => {
  it.each(rows.map(([sql, findings, options]) => ({ sql, findings, options })))('$sql: $findings', (row) => {
    expect(said(row.sql, row.options).toSorted()).toEqual(row.findings.toSorted());
  });
});
