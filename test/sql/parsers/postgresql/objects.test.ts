import { beforeAll, describe, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

function bodies(sql: string) {
  const script = parse(sql, 'postgresql');
  expect(script.errors).toEqual([]);
  return script.statements.flatMap(({ changes }) => changes.map(({ span: _span, ...body }) => body));
}

const plain = { ifExists: false, cascade: false };

describe('drops', () => {
  it.each([
    [
      'DROP TABLE a, s.b CASCADE',
      [
        { kind: 'drop-table', table: { name: 'a' }, ifExists: false, cascade: true },
        { kind: 'drop-table', table: { schema: 's', name: 'b' }, ifExists: false, cascade: true },
      ],
    ],
    [
      'DROP FOREIGN TABLE IF EXISTS f',
      [{ kind: 'drop-table', table: { name: 'f' }, ifExists: true, cascade: false, foreign: true }],
    ],
    [
      'DROP VIEW IF EXISTS "V"',
      [{ kind: 'drop-view', view: { name: 'V' }, materialized: false, ifExists: true, cascade: false }],
    ],
    ['DROP MATERIALIZED VIEW m', [{ kind: 'drop-view', view: { name: 'm' }, materialized: true, ...plain }]],
    ['DROP TYPE s.t', [{ kind: 'drop-type', type: { schema: 's', name: 't' }, ...plain }]],
    ['DROP DOMAIN d', [{ kind: 'drop-type', type: { name: 'd' }, ...plain, domain: true }]],
    [
      'DROP SEQUENCE IF EXISTS q CASCADE',
      [{ kind: 'drop-sequence', sequence: { name: 'q' }, ifExists: true, cascade: true }],
    ],
    [
      'DROP SCHEMA a, b',
      [
        { kind: 'drop-schema', schema: 'a', ...plain },
        { kind: 'drop-schema', schema: 'b', ...plain },
      ],
    ],
    ['DROP EXTENSION "uuid-ossp"', [{ kind: 'drop-extension', extension: 'uuid-ossp', ...plain }]],
    ['DROP DATABASE IF EXISTS shop WITH (FORCE)', [{ kind: 'drop-database', database: 'shop', ifExists: true }]],
    ['DROP FUNCTION f', [{ kind: 'drop-function', function: { name: 'f' }, what: 'FUNCTION', ...plain }]],
    [
      'DROP FUNCTION s.f(int, VARIADIC text[])',
      [
        {
          kind: 'drop-function',
          function: { schema: 's', name: 'f' },
          what: 'FUNCTION',
          arguments: ['integer', 'text[]'],
          ...plain,
        },
      ],
    ],
    [
      'DROP PROCEDURE p()',
      [{ kind: 'drop-function', function: { name: 'p' }, what: 'PROCEDURE', arguments: [], ...plain }],
    ],
    ['DROP ROUTINE r', [{ kind: 'drop-function', function: { name: 'r' }, what: 'ROUTINE', ...plain }]],
    [
      'DROP AGGREGATE a(int)',
      [{ kind: 'drop-function', function: { name: 'a' }, what: 'AGGREGATE', arguments: ['integer'], ...plain }],
    ],
    [
      'DROP TRIGGER IF EXISTS g ON s.t',
      [{ kind: 'drop-trigger', table: { schema: 's', name: 't' }, trigger: 'g', ifExists: true, cascade: false }],
    ],
    ['DROP POLICY p ON t', [{ kind: 'drop-policy', table: { name: 't' }, policy: 'p', ifExists: false }]],
    [
      'DROP ROLE IF EXISTS a, CURRENT_USER',
      [
        { kind: 'drop-role', role: 'a', ifExists: true },
        { kind: 'drop-role', role: 'CURRENT_USER', ifExists: true },
      ],
    ],
    [
      'DROP OWNED BY a CASCADE',
      [{ kind: 'drop-object', what: 'DROP OWNED', name: { name: 'a' }, ifExists: false, cascade: true }],
    ],
    ['DROP PUBLICATION p', [{ kind: 'drop-object', what: 'DROP PUBLICATION', name: { name: 'p' }, ...plain }]],
    ['DROP SUBSCRIPTION s', [{ kind: 'drop-object', what: 'DROP SUBSCRIPTION', name: { name: 's' }, ...plain }]],
    ['DROP TABLESPACE t', [{ kind: 'drop-object', what: 'DROP TABLESPACE', name: { name: 't' }, ...plain }]],
    [
      'DROP USER MAPPING IF EXISTS FOR u SERVER s',
      [{ kind: 'drop-object', what: 'DROP USER MAPPING', name: { name: 's' }, ifExists: true, cascade: false }],
    ],
    [
      'DROP OPERATOR s.+ (int, int)',
      [{ kind: 'drop-object', what: 'DROP OPERATOR', name: { schema: 's', name: '+' }, ...plain }],
    ],
    ['DROP STATISTICS s', [{ kind: 'drop-object', what: 'DROP STATISTICS', name: { name: 's' }, ...plain }]],
    ['DROP RULE r ON t', [{ kind: 'drop-object', what: 'DROP RULE', name: { name: 'r' }, ...plain }]],
  ])('%s', (sql, expected) => {
    expect(bodies(sql)).toEqual(expected);
  });
});

describe('renames, moves, sequences, schemas', () => {
  it.each([
    ['ALTER VIEW v RENAME TO w', [{ kind: 'rename-table', table: { name: 'v' }, to: 'w', ofView: true }]],
    ['ALTER TABLE v RENAME TO w', [{ kind: 'rename-table', table: { name: 'v' }, to: 'w' }]],
    [
      'ALTER MATERIALIZED VIEW m SET SCHEMA s',
      [{ kind: 'set-table-schema', table: { name: 'm' }, to: 's', ofView: true }],
    ],
    ['ALTER VIEW v RENAME a TO b', [{ kind: 'rename-column', table: { name: 'v' }, column: 'a', to: 'b' }]],
    ['ALTER SCHEMA a RENAME TO b', [{ kind: 'rename-schema', schema: 'a', to: 'b' }]],
    ['ALTER TRIGGER g ON t RENAME TO h', [{ kind: 'rename-trigger', table: { name: 't' }, trigger: 'g', to: 'h' }]],
    [
      'CREATE SEQUENCE IF NOT EXISTS q OWNED BY s.t.c',
      [
        {
          kind: 'create-sequence',
          sequence: { name: 'q' },
          ifNotExists: true,
          ownedBy: { table: { schema: 's', name: 't' }, column: 'c' },
        },
      ],
    ],
    ['ALTER SEQUENCE q OWNED BY NONE', [{ kind: 'set-sequence-owner', sequence: { name: 'q' } }]],
    [
      'ALTER SEQUENCE q OWNED BY t.c',
      [{ kind: 'set-sequence-owner', sequence: { name: 'q' }, ownedBy: { table: { name: 't' }, column: 'c' } }],
    ],
  ])('%s', (sql, expected) => {
    expect(bodies(sql)).toEqual(expected);
  });

  it('puts what is made inside CREATE SCHEMA into that schema', () => {
    const [, table, view, index] = bodies(
      'CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT a FROM t CREATE INDEX i ON t (a)',
    );
    expect(table).toMatchObject({ kind: 'create-table', table: { schema: 's', name: 't' } });
    expect(view).toMatchObject({ kind: 'create-view', view: { schema: 's', name: 'v' } });
    expect(index).toMatchObject({ kind: 'create-index', index: { table: { schema: 's', name: 't' } } });
  });

  it('knows a foreign and an unlogged table', () => {
    expect(bodies('CREATE FOREIGN TABLE f (a int) SERVER s')).toMatchObject([{ kind: 'create-table', foreign: true }]);
    expect(bodies('CREATE UNLOGGED TABLE u (a int)')).toMatchObject([{ kind: 'create-table', unlogged: true }]);
  });
});

describe('views', () => {
  const facts = (sql: string) => {
    const [view] = bodies(sql);
    if (view?.kind !== 'create-view') throw new Error('not a view');
    return { columns: view.columns, uses: view.uses };
  };
  const t = { name: 't' };
  const u = { name: 'u' };

  it.each([
    ['SELECT a, b AS c FROM t', ['a', 'c'], [{ relation: t, columns: ['a', 'b'] }]],
    ['SELECT * FROM t', [t], [{ relation: t, columns: 'all' }]],
    [
      'SELECT t.*, 1 AS one FROM t JOIN u ON t.id = u.id',
      [t, 'one'],
      [
        { relation: t, columns: 'all' },
        { relation: u, columns: ['id'] },
      ],
    ],
    [
      'SELECT * FROM t JOIN u USING (id)',
      undefined,
      [
        { relation: t, columns: 'all' },
        { relation: u, columns: 'all' },
      ],
    ],
    ['SELECT x.a FROM s.t AS x', ['a'], [{ relation: { schema: 's', name: 't' }, columns: ['a'] }]],
    ['SELECT s.t.a FROM s.t', ['a'], [{ relation: { schema: 's', name: 't' }, columns: ['a'] }]],
    [
      'SELECT count(*), a::text, lower(b), 1 + 1, coalesce(a, b) FROM t',
      ['count', 'a', 'lower', '?column?', 'coalesce'],
      [{ relation: t, columns: ['b', 'a'] }],
    ],
    ['WITH t AS (SELECT a FROM u) SELECT a FROM t', ['a'], [{ relation: u, columns: ['a'] }]],
    ['WITH t AS (SELECT a FROM t) SELECT a FROM t', ['a'], [{ relation: t, columns: ['a'] }]],
    [
      'SELECT a FROM t WHERE EXISTS (SELECT FROM u WHERE b = t.c)',
      ['a'],
      [
        { relation: t, columns: ['c', 'a'] },
        { relation: u, columns: ['b'] },
      ],
    ],
    [
      'SELECT a FROM t UNION SELECT b FROM u ORDER BY a',
      ['a'],
      [
        { relation: t, columns: ['a'] },
        { relation: u, columns: ['b'] },
      ],
    ],
    ['VALUES (1, 2)', ['column1', 'column2'], []],
    ['SELECT now()', ['now'], []],
    ['SELECT row_to_json(t) FROM t', ['row_to_json'], [{ relation: t, columns: ['t'] }]],
  ])('%s', (query, columns, uses) => {
    const found = facts(`CREATE VIEW v AS ${query}`);
    expect(found.columns).toEqual(columns);
    const sorted = found.uses?.map((use) => ({
      ...use,
      columns: use.columns === 'all' ? 'all' : use.columns.toSorted(),
    }));
    expect(sorted).toEqual(
      uses.map((use) => ({ ...use, columns: typeof use.columns === 'string' ? 'all' : use.columns.toSorted() })),
    );
  });

  it('take the names that the statement gives', () => {
    expect(facts('CREATE VIEW v (x) AS SELECT a, b FROM t').columns).toEqual(['x', 'b']);
    expect(facts('CREATE VIEW v (x, y) AS SELECT * FROM t').columns).toBeUndefined();
    expect(facts('CREATE RECURSIVE VIEW v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM v').columns).toEqual(['n']);
  });

  it('may be materialized, without rows at first', () => {
    expect(bodies('CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT a FROM t WITH NO DATA')).toMatchObject([
      { kind: 'create-view', materialized: true, ifNotExists: true, empty: true, columns: ['a'] },
    ]);
  });

  it('of a query that is nested a thousand times are read', () => {
    const query = `${'SELECT a FROM ('.repeat(400)}SELECT a FROM t${') x'.repeat(400)}`;
    expect(facts(`CREATE VIEW v AS ${query}`).uses).toEqual([{ relation: t, columns: ['a'] }]);
  });
});
