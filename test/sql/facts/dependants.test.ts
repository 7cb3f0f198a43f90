import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyAll, catalogOf } from '../../../src/sql/apply/index.ts';
import type { Change } from '../../../src/sql/change.ts';
import { objectOf } from '../../../src/sql/facts/dependants/dropped.ts';
import { obstacles, type SchemaObject } from '../../../src/sql/facts/dependants/index.ts';
import { display } from '../../../src/sql/name.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

let postgres: PGlite;
let schemas = 0;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

/** What the server's notice calls an object. */
function asServer(object: SchemaObject): string {
  if (!('part' in object)) return `${object.kind.replace('-', ' ')} ${display(object.name)}`;
  const of = display(object.of);
  switch (object.kind) {
    case 'default':
      return `default value for column ${object.part} of table ${of}`;
    case 'attribute':
      return `column ${object.part} of composite type ${of}`;
    case 'column':
      return `column ${object.part} of table ${of}`;
    case 'constraint':
    case 'trigger':
    case 'policy':
      return `${object.kind} ${object.part} on table ${of}`;
  }
}

/** What CASCADE takes along on the server, in its own words; arguments of functions left out. */
async function takenBy(
  given: string,
  drop: string,
): Promise<{ taken: readonly string[]; refused: string | undefined }> {
  const schema = `case_${++schemas}`;
  await postgres.exec(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}; ${given}`);
  let refused: string | undefined;
  await postgres.exec(drop).catch((error: { code: string }) => {
    refused = error.code;
  });
  const taken: string[] = [];
  if (refused === undefined) return { taken, refused };
  await postgres.exec(`${drop} CASCADE`, {
    onNotice: ({ message, detail }) => taken.push(...`${detail || message}`.split('\n')),
  });
  return {
    refused,
    taken: taken
      .map((line) =>
        line
          .replaceAll('"', '')
          .replace('drop cascades to ', '')
          .replace(/\(.*\)$/, ''),
      )
      .toSorted(),
  };
}

const one = (drop: string): Change => parse(drop, 'postgresql').statements[0]?.changes[0] as Change;

const cases: readonly (readonly [name: string, given: string, drop: string])[] = [
  ['a table nobody uses', 'CREATE TABLE t (id int PRIMARY KEY)', 'DROP TABLE t'],
  [
    'a table with views upon views',
    'CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t; CREATE VIEW w AS SELECT * FROM v; CREATE MATERIALIZED VIEW m AS SELECT w.id FROM w',
    'DROP TABLE t',
  ],
  [
    'a table that foreign keys point at',
    'CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t); CREATE TABLE u (id int PRIMARY KEY, t_id int REFERENCES t, CONSTRAINT odd FOREIGN KEY (id) REFERENCES t (id))',
    'DROP TABLE t',
  ],
  [
    'a table with children',
    'CREATE TABLE t (id int); CREATE TABLE c () INHERITS (t); CREATE TABLE g (x int) INHERITS (c)',
    'DROP TABLE t',
  ],
  [
    'a partitioned table',
    'CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (2)',
    'DROP TABLE t',
  ],
  [
    'a partitioned table whose partition is read',
    'CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (2); CREATE VIEW v AS SELECT id FROM p',
    'DROP TABLE t',
  ],
  ['a table as a type', 'CREATE TABLE t (a int); CREATE TABLE u (t t, ts t[])', 'DROP TABLE t'],
  [
    'an owned sequence that another table uses',
    "CREATE SEQUENCE s; CREATE TABLE t (id int DEFAULT nextval('s')); ALTER SEQUENCE s OWNED BY t.id; CREATE TABLE u (id int DEFAULT nextval('s'::regclass))",
    'DROP TABLE t',
  ],
  [
    'a view with CTEs, joins, subqueries and unions',
    `CREATE TABLE t (id int, a int); CREATE TABLE u (id int, b int);
     CREATE VIEW v AS WITH u AS (SELECT a AS b FROM t) SELECT b FROM u;
     CREATE VIEW w AS SELECT 1 AS x UNION SELECT b FROM u;
     CREATE VIEW y AS SELECT x.n FROM (SELECT count(*) AS n FROM t) x JOIN u ON u.b = x.n;
     CREATE VIEW z AS SELECT (SELECT max(t.a) FROM t) AS m`,
    'DROP TABLE u',
  ],
  ['a view under a view', 'CREATE VIEW v AS SELECT 1 AS a; CREATE VIEW w AS SELECT a FROM v', 'DROP VIEW v'],
  [
    'a materialized view',
    'CREATE MATERIALIZED VIEW v AS SELECT 1 AS a; CREATE INDEX i ON v (a); CREATE VIEW w AS SELECT a FROM v',
    'DROP MATERIALIZED VIEW v',
  ],
  [
    'a column with index, checks and keys of its own',
    'CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int UNIQUE CHECK (a > 0) REFERENCES r, b int, CHECK (a > b), PRIMARY KEY (a, b)); CREATE INDEX ON t (b, a); CREATE INDEX ON t (b) WHERE a > 1; CREATE INDEX ON t ((a + b))',
    'ALTER TABLE t DROP COLUMN a',
  ],
  [
    'a column that some views use and others do not',
    `CREATE TABLE t (id int, a int, b int); CREATE TABLE u (id int, c int);
     CREATE VIEW by_name AS SELECT a FROM t; CREATE VIEW by_star AS SELECT * FROM t; CREATE VIEW by_alias AS SELECT x.a FROM t x;
     CREATE VIEW in_where AS SELECT id FROM t WHERE a > 0; CREATE VIEW in_order AS SELECT id FROM t ORDER BY a;
     CREATE VIEW in_join AS SELECT u.c FROM u JOIN t ON t.a = u.id; CREATE VIEW in_using AS SELECT c FROM u JOIN t USING (id);
     CREATE VIEW in_group AS SELECT count(*) FROM t GROUP BY a; CREATE VIEW in_sub AS SELECT c FROM u WHERE EXISTS (SELECT FROM t WHERE a = c);
     CREATE VIEW in_window AS SELECT sum(b) OVER (PARTITION BY a) FROM t;
     CREATE VIEW other_column AS SELECT id, b FROM t; CREATE VIEW counted AS SELECT count(*) FROM t; CREATE VIEW whole_row AS SELECT row_to_json(t) FROM t;
     CREATE VIEW renamed AS SELECT b AS a FROM t ORDER BY a; CREATE VIEW other_table AS SELECT c AS a FROM u`,
    'ALTER TABLE t DROP COLUMN a',
  ],
  [
    'a column that came after the view with the star',
    'CREATE TABLE t (id int); CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t ADD COLUMN a int',
    'ALTER TABLE t DROP COLUMN a',
  ],
  [
    'a column that was renamed under its view',
    'CREATE TABLE t (id int, a int); CREATE VIEW v AS SELECT a FROM t; ALTER TABLE t RENAME a TO b; ALTER TABLE t RENAME TO u',
    'ALTER TABLE u DROP COLUMN b',
  ],
  [
    'a column under a generated one',
    'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED); CREATE VIEW v AS SELECT b FROM t',
    'ALTER TABLE t DROP COLUMN a',
  ],
  [
    'a column that foreign keys point at',
    'CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE, up int REFERENCES t); CREATE TABLE u (x int REFERENCES t, y int REFERENCES t (a))',
    'ALTER TABLE t DROP COLUMN id',
  ],
  [
    'a column in a policy',
    'CREATE TABLE t (a int, b int); CREATE TABLE u (b int); CREATE POLICY p ON t USING (a > 0); CREATE POLICY q ON t USING (b > 0); CREATE POLICY r ON u USING (b IN (SELECT a FROM t))',
    'ALTER TABLE t DROP COLUMN a',
  ],
  [
    'a column of children',
    'CREATE TABLE t (a int, b int); CREATE TABLE c () INHERITS (t); CREATE VIEW v AS SELECT a FROM c; CREATE VIEW w AS SELECT b FROM c',
    'ALTER TABLE t DROP COLUMN a',
  ],
  ['a serial column', 'CREATE TABLE t (a serial, b int)', 'ALTER TABLE t DROP COLUMN a'],
  [
    'a primary key',
    'CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE); CREATE TABLE u (a int REFERENCES t, b int REFERENCES t (b))',
    'ALTER TABLE t DROP CONSTRAINT t_pkey',
  ],
  [
    'a unique constraint over two columns',
    'CREATE TABLE t (a int, b int, UNIQUE (a, b)); CREATE TABLE u (x int, y int, FOREIGN KEY (y, x) REFERENCES t (b, a))',
    'ALTER TABLE t DROP CONSTRAINT t_a_b_key',
  ],
  [
    'a unique index',
    'CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a); CREATE TABLE u (a int REFERENCES t (a))',
    'DROP INDEX i',
  ],
  ['an index', 'CREATE TABLE t (a int); CREATE INDEX i ON t (a)', 'DROP INDEX i'],
  [
    'a sequence',
    "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s'), b bigint DEFAULT nextval('s'::regclass))",
    'DROP SEQUENCE s',
  ],
  ['the sequence of a serial column', 'CREATE TABLE t (a serial)', 'DROP SEQUENCE t_a_seq'],
  [
    'an enum',
    `CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m mood, ms mood[], d text DEFAULT ('a'::mood)::text, k int, CHECK (k::text::mood <> 'a')); CREATE VIEW v AS SELECT m FROM t;
     CREATE VIEW w AS SELECT 'a'::mood AS x; CREATE VIEW y AS SELECT CAST('a' AS mood) AS x; CREATE DOMAIN dm AS mood; CREATE TYPE comp AS (m mood, n int); CREATE TABLE u (d dm, c comp)`,
    'DROP TYPE mood',
  ],
  [
    'a function that defaults, checks, indexes, policies and views call',
    `CREATE FUNCTION f() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE TABLE t (id int DEFAULT f(), g int GENERATED ALWAYS AS (id + f()) STORED, CHECK (id > f()));
     CREATE INDEX ON t ((id + f())); CREATE VIEW v AS SELECT f() AS x; CREATE POLICY p ON t USING (id = f()); CREATE VIEW w AS SELECT 1 AS f`,
    'DROP FUNCTION f',
  ],
  [
    'a trigger function',
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE t (id int); CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
    'DROP FUNCTION f',
  ],
  [
    'a type that a function takes',
    "CREATE TYPE mood AS ENUM ('a'); CREATE FUNCTION f(m mood, n int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'DROP TYPE mood',
  ],
  [
    'a table that policies of others look into',
    'CREATE TABLE t (a int); CREATE TABLE u (b int); CREATE POLICY p ON u USING (EXISTS (SELECT FROM t WHERE t.a = u.b)); CREATE POLICY own ON t USING (a > 0)',
    'DROP TABLE t',
  ],
  [
    'a table with names that need quotes',
    'CREATE TABLE "T t" ("A a" int); CREATE VIEW "V v" AS SELECT "A a" FROM "T t"; CREATE VIEW w AS SELECT x."A a" FROM "T t" x',
    'ALTER TABLE "T t" DROP COLUMN "A a"',
  ],
  [
    'a column in queries of every kind',
    `CREATE TABLE t (id int, a int); CREATE TABLE u (id int, a int);
     CREATE VIEW v1 AS SELECT t.id FROM t LEFT JOIN u ON u.a = t.id; CREATE VIEW v2 AS SELECT t.id FROM t, LATERAL (SELECT u.id FROM u WHERE u.id = t.a) x;
     CREATE VIEW v3 AS SELECT x.n FROM (SELECT t.*, 1 AS n FROM t) x; CREATE VIEW v4 AS SELECT u.* FROM t CROSS JOIN u; CREATE VIEW v5 AS TABLE t;
     CREATE VIEW v6 AS SELECT t.id FROM t TABLESAMPLE SYSTEM (10) WHERE t.a > 0; CREATE VIEW v7 AS SELECT id, (SELECT count(*) FROM u WHERE a = t.id) AS n FROM t;
     CREATE VIEW v8 AS SELECT g FROM t, generate_series(1, t.a) g; CREATE VIEW v9 AS SELECT DISTINCT ON (a) id FROM t; CREATE VIEW v10 AS SELECT id FROM t FETCH FIRST 3 ROWS ONLY;
     CREATE VIEW v11 AS WITH RECURSIVE r AS (SELECT a AS n FROM t UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r; CREATE VIEW v12 AS SELECT t.id FROM t WHERE t.id IN (SELECT a FROM u);
     CREATE VIEW v13 AS SELECT count(*) FILTER (WHERE a > 0) AS n FROM t; CREATE VIEW v14 AS SELECT CASE WHEN id > 0 THEN a END AS c FROM t; CREATE VIEW v15 AS SELECT max(id) OVER w AS m FROM t WINDOW w AS (ORDER BY a);
     CREATE VIEW v16 AS SELECT t.id FROM t JOIN u USING (a); CREATE VIEW v17 AS SELECT s.n FROM t, u JOIN LATERAL (SELECT t.a AS n) s ON true; CREATE VIEW v18 AS SELECT j.id FROM (t JOIN (SELECT 1 AS one) o ON true) AS j`,
    'ALTER TABLE t DROP COLUMN a',
  ],
  [
    'a domain',
    'CREATE DOMAIN d AS int; CREATE TABLE t (a d, b d[], c int); CREATE INDEX ON t (a); CREATE VIEW v AS SELECT a FROM t',
    'DROP DOMAIN d',
  ],
  ['a composite type', 'CREATE TYPE c AS (a int); CREATE TABLE t (x c, y int)', 'DROP TYPE c'],
  [
    'a schema',
    `CREATE SCHEMA depends; CREATE TABLE depends.t (a serial, b int); CREATE TYPE depends.m AS ENUM ('a'); CREATE VIEW depends.v AS SELECT a FROM depends.t;
     CREATE TABLE u (m depends.m); CREATE SEQUENCE depends.q; CREATE DOMAIN depends.d AS int; CREATE VIEW o AS SELECT b FROM depends.t; CREATE MATERIALIZED VIEW depends.mv AS SELECT 1 AS a`,
    'DROP SCHEMA depends',
  ],
];

describe('what goes along', () => {
  it.each(cases)('with %s is what CASCADE takes', async (_, given, drop) => {
    const { catalog } = catalogOf('postgresql', [parse(given, 'postgresql')]);
    const object = objectOf(one(drop), catalog);
    expect(object).toBeDefined();
    const ours = object === undefined ? [] : obstacles(catalog, object).map(asServer).toSorted();

    const { taken, refused } = await takenBy(given, drop);
    expect(ours).toEqual(taken);
    expect(refused).toBe(ours.length === 0 ? undefined : '2BP01');
  });

  it.each(cases)('is no more in the catalog after %s', async (_, given, drop) => {
    const { catalog, problems } = catalogOf('postgresql', [parse(given, 'postgresql')]);
    expect(problems).toEqual([]);
    const object = objectOf(one(drop), catalog);
    if (object === undefined) return;
    const after = applyAll(catalog, [one(`${drop} CASCADE`)]).catalog;
    expect(obstacles(after, object)).toEqual([]);
  });
});
