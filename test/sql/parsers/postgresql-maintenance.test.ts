import { beforeAll, describe, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const bodies = (sql: string) =>
  parse(sql, 'postgresql').statements.flatMap(({ changes }) => changes.map(({ span: _span, ...body }) => body));

describe('maintenance', () => {
  const maintain = (what: string, facts: object = {}) => ({ kind: 'maintain', what, concurrently: false, ...facts });
  const t = { table: { name: 't' } };
  it.each([
    ['LOCK t', [maintain('LOCK TABLE', { ...t, mode: 'ACCESS EXCLUSIVE' })]],
    [
      'LOCK TABLE ONLY t IN SHARE ROW EXCLUSIVE MODE NOWAIT',
      [maintain('LOCK TABLE', { ...t, mode: 'SHARE ROW EXCLUSIVE' })],
    ],
    [
      'LOCK t, a.u IN ACCESS SHARE MODE',
      [
        maintain('LOCK TABLE', { ...t, mode: 'ACCESS SHARE' }),
        maintain('LOCK TABLE', { table: { schema: 'a', name: 'u' }, mode: 'ACCESS SHARE' }),
      ],
    ],
    ['CLUSTER', [maintain('CLUSTER')]],
    ['CLUSTER t USING i', [maintain('CLUSTER', t)]],
    ['VACUUM', [maintain('VACUUM')]],
    ['VACUUM FULL', [maintain('VACUUM FULL')]],
    ['VACUUM (FULL, ANALYZE) t, u', [maintain('VACUUM FULL', t), maintain('VACUUM FULL', { table: { name: 'u' } })]],
    ['VACUUM (FULL off) t', [maintain('VACUUM', t)]],
    ['VACUUM (FULL 0) t', [maintain('VACUUM', t)]],
    ['VACUUM (FULL 1) t', [maintain('VACUUM FULL', t)]],
    ['VACUUM (FULL, FULL FALSE) t', [maintain('VACUUM', t)]],
    ['ANALYZE t', [{ kind: 'other', what: 'ANALYZE', ...t }]],
    ['ANALYZE', [{ kind: 'other', what: 'ANALYZE' }]],
    ['REINDEX TABLE t', [maintain('REINDEX', t)]],
    ['REINDEX INDEX a.i', [maintain('REINDEX', { index: { schema: 'a', name: 'i' } })]],
    ['REINDEX TABLE CONCURRENTLY t', [maintain('REINDEX', { ...t, concurrently: true })]],
    ['REINDEX (VERBOSE, CONCURRENTLY) INDEX i', [maintain('REINDEX', { index: { name: 'i' }, concurrently: true })]],
    ['REINDEX (CONCURRENTLY false) TABLE t', [maintain('REINDEX', t)]],
    ['REINDEX SCHEMA CONCURRENTLY a', [maintain('REINDEX SCHEMA', { concurrently: true })]],
    ['REINDEX DATABASE d', [maintain('REINDEX DATABASE')]],
    ['REINDEX SYSTEM d', [maintain('REINDEX SYSTEM')]],
    ['REFRESH MATERIALIZED VIEW t', [maintain('REFRESH MATERIALIZED VIEW', t)]],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY t', [maintain('REFRESH MATERIALIZED VIEW', { ...t, concurrently: true })]],
    ['REFRESH MATERIALIZED VIEW t WITH NO DATA', [maintain('REFRESH MATERIALIZED VIEW', { ...t, empty: true })]],
  ])('%s', (sql, expected) => {
    expect(bodies(sql)).toEqual(expected);
  });
});

describe('CREATE INDEX', () => {
  const made = (sql: string) => {
    const [change] = bodies(sql);
    if (change?.kind !== 'create-index') throw new Error('no index');
    return change;
  };

  it('keeps what decides which rows and orders it serves', () => {
    const sql =
      'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t (a COLLATE "C" text_pattern_ops DESC NULLS LAST, lower(b) NULLS FIRST, (c || d), e DESC NULLS FIRST) INCLUDE (f) NULLS NOT DISTINCT WITH (fillfactor = 70) WHERE g';
    expect(made(sql)).toEqual({
      kind: 'create-index',
      index: {
        name: 'i',
        table: { schema: 's', name: 't' },
        method: 'btree',
        keys: [
          { column: 'a', collation: '"C"', opclass: 'text_pattern_ops', descending: true, nulls: 'last' },
          { expression: 'lower(b)', nulls: 'first' },
          { expression: '(c || d)' },
          { column: 'e', descending: true },
        ],
        include: ['f'],
        unique: true,
        nullsNotDistinct: true,
        parameters: { fillfactor: '70' },
        only: true,
        where: 'g',
      },
      concurrently: true,
      ifNotExists: true,
    });
  });

  it('says nothing of what is not written', () => {
    expect(made('CREATE INDEX ON t USING gin (a gin_trgm_ops)')).toEqual({
      kind: 'create-index',
      index: {
        table: { name: 't' },
        method: 'gin',
        keys: [{ column: 'a', opclass: 'gin_trgm_ops' }],
        include: [],
        unique: false,
      },
      concurrently: false,
      ifNotExists: false,
    });
  });
});
