import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyAll, catalogOf } from '../../../src/sql/apply/index.ts';
import { refusalOf } from '../../../src/sql/facts/refusals.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

const given = `
  CREATE SCHEMA full_one; CREATE TABLE full_one.t (a int); CREATE SCHEMA empty_one;
  CREATE TABLE r (id int PRIMARY KEY, code text UNIQUE, note text, used int, plain int DEFAULT 1, sum int GENERATED ALWAYS AS (used + 1) STORED, ident int GENERATED ALWAYS AS IDENTITY,
    required int NOT NULL, in_policy int, in_index int, in_trigger int, in_when int, CHECK (plain > 0));
  CREATE INDEX r_in_index ON r (in_index); CREATE UNIQUE INDEX r_note ON r (note); CREATE POLICY own ON r USING (in_policy > 0);
  CREATE TABLE f (id int PRIMARY KEY, r_id int REFERENCES r, note text REFERENCES r (note));
  CREATE TABLE lone (id int PRIMARY KEY, a int);
  CREATE VIEW v AS SELECT id, code FROM r; CREATE VIEW w AS SELECT id FROM v; CREATE MATERIALIZED VIEW m AS SELECT id FROM lone;
  CREATE TABLE p (id int PRIMARY KEY, note text NOT NULL, free text, CONSTRAINT p_note CHECK (note <> '')) PARTITION BY RANGE (id);
  CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9); CREATE INDEX p_free ON p (free);
  CREATE TABLE parent (id int, note text CHECK (note <> '')); CREATE TABLE child (extra int) INHERITS (parent);
  CREATE TYPE mood AS ENUM ('a'); CREATE TYPE unused AS ENUM ('a'); CREATE TABLE moods (m mood); CREATE DOMAIN d AS int; CREATE TABLE ds (a d[]);
  CREATE SEQUENCE s; CREATE SEQUENCE idle; CREATE TABLE numbered (a int DEFAULT nextval('s'), b serial);
  CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tg BEFORE UPDATE ON r FOR EACH ROW EXECUTE FUNCTION tf();
  CREATE TRIGGER th BEFORE UPDATE OF in_trigger ON r FOR EACH ROW EXECUTE FUNCTION tf(); CREATE TRIGGER ti AFTER UPDATE ON r FOR EACH ROW WHEN (OLD.in_when <> NEW.in_when) EXECUTE FUNCTION tf();
  CREATE FUNCTION one() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE TABLE calls (a int DEFAULT one());`;

const statements = [
  'DROP TABLE r',
  'DROP TABLE f',
  'DROP TABLE f, r',
  'DROP TABLE lone',
  'DROP TABLE v',
  'DROP TABLE p',
  'DROP TABLE p1',
  'DROP TABLE parent',
  'DROP TABLE child',
  'DROP TABLE parent, child',
  'DROP VIEW v',
  'DROP VIEW w',
  'DROP VIEW w, v',
  'DROP VIEW v, w',
  'DROP VIEW m',
  'DROP MATERIALIZED VIEW m',
  'DROP MATERIALIZED VIEW w',
  'DROP VIEW lone',
  'ALTER TABLE r DROP COLUMN id',
  'ALTER TABLE r DROP COLUMN code',
  'ALTER TABLE r DROP COLUMN note',
  'ALTER TABLE r DROP COLUMN used',
  'ALTER TABLE r DROP COLUMN plain',
  'ALTER TABLE r DROP COLUMN sum',
  'ALTER TABLE r DROP COLUMN in_policy',
  'ALTER TABLE r DROP COLUMN in_index',
  'ALTER TABLE r DROP COLUMN in_trigger',
  'ALTER TABLE r DROP COLUMN in_when',
  'ALTER TABLE r DROP COLUMN ident',
  'ALTER TABLE r DROP COLUMN sum, DROP COLUMN used',
  'ALTER TABLE f DROP COLUMN r_id',
  'ALTER TABLE p1 DROP COLUMN free',
  'ALTER TABLE p DROP COLUMN free',
  'ALTER TABLE p DROP COLUMN id',
  'ALTER TABLE child DROP COLUMN note',
  'ALTER TABLE child DROP COLUMN extra',
  'ALTER TABLE parent DROP COLUMN note',
  'ALTER TABLE r DROP CONSTRAINT r_pkey',
  'ALTER TABLE r DROP CONSTRAINT r_code_key',
  'ALTER TABLE r DROP CONSTRAINT r_plain_check',
  'ALTER TABLE f DROP CONSTRAINT f_r_id_fkey',
  'ALTER TABLE lone DROP CONSTRAINT lone_pkey',
  'ALTER TABLE p1 DROP CONSTRAINT p1_pkey',
  'ALTER TABLE p1 DROP CONSTRAINT p_note',
  'ALTER TABLE p DROP CONSTRAINT p_pkey',
  'ALTER TABLE child DROP CONSTRAINT parent_note_check',
  'ALTER TABLE parent DROP CONSTRAINT parent_note_check',
  'DROP INDEX r_pkey',
  'DROP INDEX r_code_key',
  'DROP INDEX r_note',
  'DROP INDEX r_in_index',
  'DROP INDEX p_free',
  'DROP INDEX p1_free_idx',
  'DROP SCHEMA full_one',
  'DROP SCHEMA empty_one',
  'DROP SEQUENCE s',
  'DROP SEQUENCE idle',
  'DROP SEQUENCE numbered_b_seq',
  'DROP SEQUENCE r_ident_seq',
  'DROP SEQUENCE r_ident_seq CASCADE',
  'DROP TYPE mood',
  'DROP TYPE unused',
  'DROP DOMAIN d',
  'DROP FUNCTION tf',
  'DROP FUNCTION one()',
  'ALTER TABLE r ALTER code TYPE varchar(9)',
  'ALTER TABLE r ALTER used TYPE bigint',
  'ALTER TABLE r ALTER used TYPE bigint, DROP COLUMN sum',
  'ALTER TABLE r ALTER in_policy TYPE bigint',
  'ALTER TABLE r ALTER in_index TYPE bigint',
  'ALTER TABLE r ALTER in_trigger TYPE bigint',
  'ALTER TABLE r ALTER in_when TYPE bigint',
  'DROP TRIGGER th ON r; ALTER TABLE r ALTER in_trigger TYPE bigint',
  'ALTER TABLE r RENAME in_trigger TO renamed; ALTER TABLE r ALTER renamed TYPE bigint',
  'ALTER TABLE r ALTER plain TYPE bigint',
  'ALTER TABLE p ALTER id TYPE bigint',
  'ALTER TABLE p ALTER free TYPE varchar(9)',
  'ALTER TABLE p1 ALTER free TYPE varchar(9)',
  'ALTER TABLE child ALTER note TYPE varchar(9)',
  'ALTER TABLE child ALTER extra TYPE bigint',
  'ALTER TABLE r ALTER id DROP NOT NULL',
  'ALTER TABLE r ALTER required DROP NOT NULL',
  'ALTER TABLE r ALTER ident DROP NOT NULL',
  'ALTER TABLE p1 ALTER note DROP NOT NULL',
  'ALTER TABLE p ALTER note DROP NOT NULL',
  'ALTER TABLE r ALTER plain DROP DEFAULT',
  'ALTER TABLE r ALTER sum DROP DEFAULT',
  'ALTER TABLE r ALTER ident DROP DEFAULT',
  'ALTER TABLE numbered ALTER b DROP DEFAULT',
  'TRUNCATE r',
  'TRUNCATE r, f',
  'TRUNCATE f',
  'TRUNCATE r CASCADE',
  'TRUNCATE p',
];

describe('what PostgreSQL refuses', () => {
  it.each(statements)('is said before it runs, and nothing else: %s', async (sql) => {
    let { catalog } = catalogOf('postgresql', [parse(given, 'postgresql')]);
    const changes = parse(sql, 'postgresql').statements.flatMap((statement) => statement.changes);
    const refusals: string[] = [];
    for (const change of changes) {
      const refusal = refusalOf(change, changes, catalog);
      if (refusal !== undefined) refusals.push(refusal);
      catalog = applyAll(catalog, [change]).catalog;
    }

    await postgres.exec(`BEGIN; ${given}`);
    const error = await postgres.exec(sql).then(
      () => undefined,
      (thrown: { message: string }) => thrown.message,
    );
    await postgres.exec('ROLLBACK');
    expect({ refusals, isRefused: refusals.length > 0 }).toEqual({ refusals, isRefused: error !== undefined });
  });
});
