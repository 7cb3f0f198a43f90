import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import type { Change } from '../../../src/sql/change.ts';
import { isProvenNotNull } from '../../../src/sql/facts/not-null.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

// What the rules take as facts about PostgreSQL, asked of PostgreSQL.
let postgres: PGlite;

beforeAll(async () => {
  await loadParsers();
  postgres = await PGlite.create();
});
afterAll(() => postgres.close());

describe('which checks spare SET NOT NULL its scan', () => {
  it.each([
    'CHECK (a IS NOT NULL)',
    'CHECK ((a IS NOT NULL))',
    'CHECK ("a" IS NOT NULL)',
    'CHECK (a IS NOT NULL AND a > 0)',
    'CHECK (a > 0 AND (a IS NOT NULL))',
    'CHECK ((b IS NULL OR b > 0) AND a IS NOT NULL)',
    'CHECK (a IS NOT NULL OR b IS NOT NULL)',
    'CHECK (b IS NOT NULL)',
    'CHECK (a IS NULL)',
    'CHECK (NOT a IS NULL)',
    'CHECK (a > 0 AND NOT (a IS NULL))',
    'CHECK (NOT (a IS NULL) OR b > 0)',
    'CHECK (NOT a IS NOT NULL)',
    'CHECK (a IS DISTINCT FROM NULL)',
    'CHECK (NOT b IS NULL)',
    'CHECK (a > 0)',
    'CHECK ((a + b) IS NOT NULL)',
    'CHECK (a IS NOT NULL) NOT VALID',
  ])('%s', async (check) => {
    const given = `CREATE TABLE t (a int, b int); ALTER TABLE t ADD CONSTRAINT c ${check};`;
    const changes: readonly Change[] = parse(given, 'postgresql').statements.flatMap((statement) => statement.changes);
    expect(changes).toHaveLength(2);
    const { catalog } = catalogOf('postgresql', [parse(given, 'postgresql')]);

    const notices: string[] = [];
    await postgres.exec(`DROP TABLE IF EXISTS t; ${given} SET client_min_messages = debug1;`);
    await postgres.exec('ALTER TABLE t ALTER a SET NOT NULL; RESET client_min_messages;', {
      onNotice: ({ message = '' }) => notices.push(message),
    });
    const spared = notices.some((message) => message.includes('are sufficient to prove'));
    expect(isProvenNotNull(catalog.tables.get('public.t'), 'a', 18)).toBe(spared);
  });

  it('none before PostgreSQL 12', () => {
    const { catalog } = catalogOf('postgresql', [parse('CREATE TABLE t (a int CHECK (a IS NOT NULL))', 'postgresql')]);
    expect(isProvenNotNull(catalog.tables.get('public.t'), 'a', 11)).toBe(false);
    expect(isProvenNotNull(catalog.tables.get('public.t'), 'a', 12)).toBe(true);
  });
});
