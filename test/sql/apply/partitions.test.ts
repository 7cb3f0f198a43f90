import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { Catalog } from '../../../src/sql/catalog.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

// What the catalog makes of partitions, inheritance, storage and the validity of indexes, held against PostgreSQL.
let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

function factsOf({ tables }: Catalog): readonly string[] {
  return [...tables.values()].flatMap((table) => {
    const { name } = table.name;
    const parents = [...(table.partitionOf === undefined ? [] : [table.partitionOf]), ...(table.inherits ?? [])];
    return [
      ...(table.unlogged === true ? [`${name} unlogged`] : []),
      ...parents.map((parent) => `${name} of ${parent.name}`),
      ...table.columns.map(
        (column) =>
          `${name} column ${column.name} ${column.type} ${column.nullable ? 'null' : 'not null'} ${column.identity ?? ''} ${column.generated === undefined ? '' : 'generated'}`,
      ),
      ...table.constraints
        .filter(({ kind }) => kind !== 'not-null')
        .map((each) => `${name} constraint ${each.kind} ${'validated' in each ? each.validated : true}`),
      ...table.indexes.map((index) => `${name} index ${index.name} ${index.invalid === true ? 'invalid' : 'valid'}`),
    ];
  });
}

const serverFacts = `
  WITH tables AS (
    SELECT c.oid, c.relname AS name, relpersistence FROM pg_class c WHERE c.relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace)
  SELECT name || ' unlogged' AS fact FROM tables WHERE relpersistence = 'u'
  UNION ALL SELECT name || ' of ' || inhparent::regclass FROM tables JOIN pg_inherits ON inhrelid = oid
  UNION ALL
  SELECT name || ' column ' || attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null ' ELSE ' null ' END
    || CASE attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by-default' ELSE '' END || CASE WHEN attgenerated = '' THEN ' ' ELSE ' generated' END
    FROM tables JOIN pg_attribute ON attrelid = oid WHERE attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT name || ' constraint ' || CASE contype WHEN 'p' THEN 'primary-key' WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign-key' ELSE 'exclusion' END
    || ' ' || convalidated FROM tables t JOIN pg_constraint ON conrelid = t.oid WHERE contype NOT IN ('n', 't')
  UNION ALL
  SELECT name || ' index ' || i.relname || CASE WHEN indisvalid THEN ' valid' ELSE ' invalid' END
    FROM tables t JOIN pg_index ON indrelid = t.oid JOIN pg_class i ON i.oid = indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u', 'x'))`;

const events = 'CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);';
const partition = (year: number) =>
  `CREATE TABLE events_${year} PARTITION OF events FOR VALUES FROM ('${year}-01-01') TO ('${year + 1}-01-01');`;

describe('the catalog knows what PostgreSQL knows', () => {
  it.each([
    ['an index on a partitioned table', `${events}${partition(2024)} CREATE INDEX events_id ON events (id);`],
    ['a partition that comes after the index', `${events} CREATE INDEX events_id ON events (id); ${partition(2024)}`],
    ['an index ON ONLY without partitions', `${events} CREATE INDEX events_id ON ONLY events (id);`],
    ['an index ON ONLY with partitions', `${events}${partition(2024)} CREATE INDEX events_id ON ONLY events (id);`],
    [
      'some of the partitions have their part',
      `${events}${partition(2024)}${partition(2025)} CREATE INDEX events_id ON ONLY events (id); CREATE INDEX a ON events_2024 (id); ALTER INDEX events_id ATTACH PARTITION a;`,
    ],
    [
      'every partition has its part',
      `${events}${partition(2024)}${partition(2025)} CREATE INDEX events_id ON ONLY events (id); CREATE INDEX a ON events_2024 (id); CREATE INDEX b ON events_2025 (id); ALTER INDEX events_id ATTACH PARTITION a; ALTER INDEX events_id ATTACH PARTITION b;`,
    ],
    [
      'two levels of partitions',
      `${events} CREATE TABLE deep PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (at); CREATE TABLE deepest PARTITION OF deep DEFAULT; CREATE INDEX events_id ON events (id); ALTER TABLE events ADD COLUMN c int DEFAULT 1; ALTER TABLE events ALTER c SET NOT NULL;`,
    ],
    [
      'ATTACH takes an index over and builds what is missing',
      `${events} CREATE INDEX events_id ON events (id); CREATE INDEX events_both ON events (id, at); CREATE TABLE old (id bigint, at date NOT NULL); CREATE INDEX old_own ON old (id); ALTER TABLE events ATTACH PARTITION old FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');`,
    ],
    [
      'keys come with ATTACH and stay after DETACH',
      `${events} ALTER TABLE events ADD PRIMARY KEY (id, at); CREATE TABLE old (id bigint NOT NULL, at date NOT NULL); ALTER TABLE events ATTACH PARTITION old DEFAULT; ALTER TABLE events DETACH PARTITION old;`,
    ],
    [
      'the order of pg_dump',
      `CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE old (id bigint NOT NULL, at date NOT NULL); ALTER TABLE ONLY events ATTACH PARTITION old DEFAULT; ALTER TABLE ONLY events ADD CONSTRAINT events_pkey PRIMARY KEY (id, at); CREATE INDEX events_id ON ONLY events (id); ALTER TABLE ONLY old ADD CONSTRAINT old_pkey PRIMARY KEY (id, at); CREATE INDEX old_id ON old (id); ALTER INDEX events_pkey ATTACH PARTITION old_pkey; ALTER INDEX events_id ATTACH PARTITION old_id;`,
    ],
    [
      'ONLY the parent',
      'CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p); ALTER TABLE ONLY p ALTER a SET DEFAULT 1; ALTER TABLE ONLY p ADD CHECK (a > 0) NO INHERIT; ALTER TABLE p ADD COLUMN b int;',
    ],
    ['partitions go with their table', `${events}${partition(2024)} DROP TABLE events;`],
    [
      'a partitioned table by another name',
      `${events}${partition(2024)} ALTER TABLE events RENAME TO facts; ALTER TABLE facts ADD COLUMN c int; CREATE INDEX i ON facts (c);`,
    ],
    [
      'inheritance',
      'CREATE TABLE p (a int, CHECK (a > 0)); CREATE TABLE c (b int) INHERITS (p); ALTER TABLE p ADD COLUMN d text; ALTER TABLE p ADD CHECK (a < 9) NOT VALID; ALTER TABLE p ADD UNIQUE (a); CREATE INDEX i ON p (d); ALTER TABLE p DROP COLUMN d; ALTER TABLE p RENAME a TO e;',
    ],
    [
      'INHERIT and NO INHERIT',
      'CREATE TABLE p (a int); CREATE TABLE c (a int, b int); ALTER TABLE c INHERIT p; ALTER TABLE p ADD COLUMN d text; ALTER TABLE c NO INHERIT p; ALTER TABLE p ADD COLUMN e text;',
    ],
    ['UNLOGGED', 'CREATE UNLOGGED TABLE t (a int); CREATE TABLE u (a int); ALTER TABLE u SET UNLOGGED;'],
    ['LOGGED again', 'CREATE UNLOGGED TABLE t (a int); ALTER TABLE t SET LOGGED;'],
    [
      'identity and generated columns',
      'CREATE TABLE t (a int NOT NULL, b int GENERATED ALWAYS AS IDENTITY, c int GENERATED ALWAYS AS (a + 1) STORED); ALTER TABLE t ALTER a ADD GENERATED BY DEFAULT AS IDENTITY, ALTER b DROP IDENTITY, ALTER c DROP EXPRESSION;',
    ],
    [
      'a key that takes an index over',
      'CREATE TABLE t (a int NOT NULL, b int); CREATE UNIQUE INDEX t_a ON t (a) INCLUDE (b); ALTER TABLE t ADD CONSTRAINT t_key UNIQUE USING INDEX t_a;',
    ],
  ])('%s', async (_, sql) => {
    await postgres.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
    const script = parse(sql, 'postgresql');
    expect(script.errors).toEqual([]);
    await postgres.exec(sql);
    const { rows } = await postgres.query<{ fact: string }>(serverFacts);
    const { catalog, problems } = catalogOf('postgresql', [script]);
    expect(problems).toEqual([]);
    expect(factsOf(catalog).toSorted()).toEqual(rows.map(({ fact }) => fact).toSorted());
  });
});

it('ties that go in a circle end', () => {
  const sql =
    'CREATE TABLE a (x int) PARTITION BY LIST (x); CREATE TABLE b (x int) PARTITION BY LIST (x); ALTER TABLE a ATTACH PARTITION b DEFAULT; ALTER TABLE b ATTACH PARTITION a DEFAULT; ALTER TABLE a ADD COLUMN y int; CREATE INDEX ON a (y); DROP TABLE a';
  expect(() => catalogOf('postgresql', [parse(sql, 'postgresql')])).not.toThrow();
});

it('a materialized view has indexes', () => {
  const { catalog } = catalogOf('postgresql', [
    parse(
      'CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE UNIQUE INDEX i ON m (a); CREATE INDEX ON m (a); DROP INDEX i; ALTER INDEX m_a_idx RENAME TO j',
      'postgresql',
    ),
  ]);
  expect(catalog.views.get('public.m')?.indexes?.map(({ name }) => name)).toEqual(['j']);
});
