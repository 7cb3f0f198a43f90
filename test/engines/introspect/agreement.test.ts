import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { introspect } from '../../../src/engines/introspect/introspect.ts';
import type { Row, Session } from '../../../src/engines/session.ts';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';
import { comparable } from './comparable.ts';

/** Each case begins with `---- what it is about`. */
const cases = readFileSync(new URL('./agreement.sql', import.meta.url), 'utf8')
  .split(/^---- /m)
  .slice(1)
  .map((text): [string, string] => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n') + 1)]);

let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create({ extensions: { btree_gist } });
  await postgres.exec('CREATE ROLE reader; CREATE ROLE writer;');
});
afterAll(() => postgres.close());

const emptied = `
  DO $$ DECLARE each text; BEGIN
    FOR each IN SELECT nspname FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%' LOOP
      EXECUTE format('DROP SCHEMA %I CASCADE', each);
    END LOOP;
    FOR each IN SELECT fdwname FROM pg_foreign_data_wrapper LOOP EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', each); END LOOP;
  END $$;
  CREATE SCHEMA public;`;

const session = {
  async inspect(sql: string): Promise<readonly Row[]> {
    await postgres.exec("BEGIN; SET LOCAL search_path = ''");
    const { rows } = await postgres.query<Row>(sql);
    await postgres.exec('COMMIT');
    return rows;
  },
} as Session;

it.each(cases)('a parsed catalog is the one that PostgreSQL tells of: %s', async (_about, sql) => {
  // Temporary tables and settings stay with the session.
  await postgres.exec('DISCARD ALL');
  await postgres.exec(emptied);
  const script = parse(sql, 'postgresql');
  expect(script.errors).toEqual([]);
  for (const statement of script.statements) await postgres.exec(statement.sql);

  const { catalog, problems } = catalogOf('postgresql', [script]);
  expect(problems).toEqual([]);
  expect(comparable(catalog)).toEqual(comparable((await introspect(session)).catalog));
});
