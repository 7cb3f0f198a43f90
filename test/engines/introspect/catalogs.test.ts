import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { introspect } from '../../../src/engines/introspect/introspect.ts';
import { modulesNeededBy } from '../../../src/engines/pglite/extensions.ts';
import { createPool } from '../../../src/engines/pglite/pool.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';
import { broad, later, others, roles } from './broad.ts';
import { comparable } from './comparable.ts';

const pool = createPool({ limits: { ms: 600_000, memoryMb: 1_500 }, log: silentLog });
beforeAll(loadParsers);
afterAll(() => pool.close());

/** What changes alter, drop and rename, so that a catalog is not only put together but also kept. */
const altered = `
CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('ok'); CREATE DOMAIN code AS text CHECK (VALUE <> '');
CREATE TABLE a (id serial PRIMARY KEY, mood mood, code code UNIQUE, gone int REFERENCES a, note varchar(20) DEFAULT 'x');
CREATE TABLE b (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int REFERENCES a (id) ON DELETE SET NULL, n int CHECK (n > 0));
CREATE INDEX ON a (mood); CREATE INDEX partial ON b (n) WHERE n > 1;
ALTER TYPE mood ADD VALUE 'bad' BEFORE 'ok'; ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'; ALTER TYPE mood SET SCHEMA app;
ALTER DOMAIN code RENAME TO word; ALTER DOMAIN word SET DEFAULT 'w'; ALTER DOMAIN word ADD CONSTRAINT short CHECK (length(VALUE) < 5);
ALTER TABLE a DROP COLUMN gone; ALTER TABLE a ALTER note TYPE text, ALTER note SET NOT NULL, ALTER note DROP DEFAULT;
ALTER TABLE a RENAME note TO remark; ALTER TABLE b RENAME CONSTRAINT b_n_check TO positive; ALTER INDEX partial RENAME TO partly; CREATE VIEW v AS SELECT id, remark FROM a; ALTER TABLE a RENAME remark TO said;
ALTER TABLE b ADD COLUMN z numeric(4, 1) DEFAULT 1.5 CHECK (z > n), ADD UNIQUE (a, n), ADD FOREIGN KEY (n) REFERENCES a NOT VALID;
ALTER TABLE b ALTER a TYPE bigint; ALTER TABLE b SET SCHEMA app; ALTER TABLE app.b RENAME TO c;
CREATE TABLE parted (id int, at date) PARTITION BY RANGE (at); CREATE TABLE part (id int, at date NOT NULL);
CREATE INDEX by_id ON parted (id); ALTER TABLE parted ATTACH PARTITION part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE fresh (LIKE a INCLUDING ALL); CREATE TABLE checked (n int, m int NOT NULL, CONSTRAINT above CHECK (n > 0) NOT VALID);
CREATE SEQUENCE counts OWNED BY fresh.id; CREATE FUNCTION f(x int, OUT y int) LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION f(int) STABLE;
ALTER TABLE part ADD CONSTRAINT id_there NOT NULL id NOT VALID; CREATE TABLE gone (id int); DROP TABLE gone; CREATE VIEW w AS SELECT 1 AS one; DROP VIEW w; DROP INDEX app.partly;`;

const corpus = process.env.CORPUS ?? join(import.meta.dirname, '../../../../shared/corpus');

interface Manifest {
  readonly corpora: readonly {
    readonly id: string;
    readonly engine: string;
    readonly dir: string;
    readonly entries: readonly {
      readonly up: string;
      readonly sections?: { readonly up: readonly [first: number, last: number] };
    }[];
  }[];
}

/** The histories of the corpus, each as one text; none where it is not there. */
function histories(): readonly (readonly [title: string, sql: string])[] {
  if (!existsSync(join(corpus, 'manifest.json'))) return [];
  const { corpora }: Manifest = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8'));
  return corpora
    .filter(({ engine }) => engine === 'postgres')
    .map(({ id, dir, entries }) => {
      const texts = entries.map(({ up, sections }) => {
        const lines = readFileSync(join(corpus, dir, up), 'utf8').split('\n');
        return lines.slice((sections?.up[0] ?? 1) - 1, sections?.up[1]).join('\n');
      });
      return [id, texts.join('\n;\n')];
    });
}

const texts: readonly (readonly [title: string, sql: string])[] = [
  ['one of everything', `${roles}${broad}${others}${later}`],
  ['what was altered', altered],
  ...histories(),
];

it.each(texts)('reads from the engine the catalog that the parser makes: %s', async (_title, sql) => {
  const script = parse(sql, 'postgresql');
  expect(script.errors).toEqual([]);
  const { catalog, problems } = catalogOf('postgresql', [script]);
  expect(problems).toEqual([]);
  const read = await pool.with(modulesNeededBy([sql]), async (session) => {
    for (const statement of script.statements)
      expect(await session.run(statement.sql), statement.sql).toMatchObject({ ok: true });
    return introspect(session);
  });
  expect(comparable(catalog)).toEqual(comparable(read.catalog));
});
