import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';
import type { Span } from '../../../src/sql/span.ts';

beforeAll(loadParsers);

/** The text that a span covers: what an editor would select. */
function slice(text: string, { line, column, endLine, endColumn }: Span): string {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const starts = lines.map((_, index) => lines.slice(0, index).join('\n').length + (index > 0 ? 1 : 0));
  return lines.join('\n').slice((starts[line - 1] ?? 0) + column - 1, (starts[endLine - 1] ?? 0) + endColumn - 1);
}

const read = (sql: string) => parse(sql, 'postgresql');
const bodies = (sql: string) =>
  read(sql).statements.flatMap(({ changes }) => changes.map(({ span: _span, ...body }) => body));

describe('spans', () => {
  const cases = [
    { name: 'one line', sql: 'SELECT 1;', spans: [[1, 1, 1, 9]] },
    {
      name: 'comments before, inside and after',
      sql: '-- a\n/* b */ SELECT /* c */ 1 -- d\n;',
      spans: [[2, 9, 2, 25]],
    },
    { name: 'no terminator, trailing comment', sql: 'SELECT 1 -- x', spans: [[1, 1, 1, 9]] },
    {
      name: 'characters of two, three and four bytes',
      sql: "SELECT 'é€😀'; SELECT 2;",
      spans: [
        [1, 1, 1, 14],
        [1, 16, 1, 24],
      ],
    },
    {
      name: 'CRLF',
      sql: 'SELECT 1;\r\nSELECT\r\n  2;\r\n',
      spans: [
        [1, 1, 1, 9],
        [2, 1, 3, 4],
      ],
    },
    { name: 'a byte order mark is no column', sql: '\uFEFFSELECT 1;', spans: [[1, 1, 1, 9]] },
    { name: 'tabs count one', sql: '\tSELECT 1;', spans: [[1, 2, 1, 10]] },
    { name: 'empty statements', sql: ';;\n; SELECT 1;;', spans: [[2, 3, 2, 11]] },
    { name: 'nothing', sql: '', spans: [] },
    { name: 'only a comment', sql: '-- nothing\n', spans: [] },
  ];

  it.each(cases)('$name', ({ sql, spans }) => {
    const { statements, errors } = read(sql);
    expect(errors).toEqual([]);
    expect(statements.map(({ span }) => [span.line, span.column, span.endLine, span.endColumn])).toEqual(spans);
  });

  it('slice back to the statement, whatever stands around it', () => {
    const filler = fc.constantFrom(' ', '\n', '\r\n', '\t', '-- é; DROP\n', '/* 😀 ; /* nested */ */', ';', '\n\n');
    const statement = fc.constantFrom(
      'SELECT 1',
      "INSERT INTO t VALUES ('é;😀', E'\\';', $$;$$)",
      'CREATE TABLE "ü;x" (\n  id int,\r\n  b text DEFAULT $a$;$$;$a$\n)',
      'ALTER TABLE t\n  ADD COLUMN é int, -- one\n  DROP COLUMN b',
      'selec 1',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(filler), statement)), fc.boolean(), (parts, mark) => {
        const sql = (mark ? '\uFEFF' : '') + parts.map(([before, text]) => `${before.join('')}${text};`).join('');
        const { statements, errors } = read(sql);
        expect(statements.map(({ span }) => slice(sql, span))).toEqual(statements.map((each) => each.sql));
        expect(statements.map((each) => each.sql)).toEqual(
          parts.map(([, text]) => text).filter((text) => text !== 'selec 1'),
        );
        expect(errors).toHaveLength(parts.filter(([, text]) => text === 'selec 1').length);
        for (const { changes, span } of statements) {
          for (const change of changes) expect(change.span.line).toBeGreaterThanOrEqual(span.line);
        }
      }),
    );
  });

  it('point at each command of an ALTER TABLE', () => {
    const sql =
      'ALTER TABLE ONLY a.b\n  ADD COLUMN x int DEFAULT f(1, 2),\n  DROP COLUMN y,\n  ALTER z SET DEFAULT ARRAY[1, 2];';
    const changes = read(sql).statements[0]?.changes ?? [];
    expect(changes.map(({ span }) => slice(sql, span))).toEqual([
      'DROP COLUMN y',
      'ADD COLUMN x int DEFAULT f(1, 2)',
      'ALTER z SET DEFAULT ARRAY[1, 2]',
    ]);
  });

  it('point at the whole statement where it has one command', () => {
    const sql = 'ALTER TABLE b\n  DROP COLUMN y;';
    expect(read(sql).statements[0]?.changes[0]?.span).toEqual(read(sql).statements[0]?.span);
  });
});

describe('texts that do not parse as a whole', () => {
  const cases = [
    {
      name: 'a syntax error between good statements',
      sql: 'SELECT 1;\nCREATE TABEL x (a int);\nSELECT 2;',
      good: ['SELECT 1', 'SELECT 2'],
      errors: [[2, 8, /syntax error at or near "TABEL"/]],
    },
    {
      name: 'the column counts characters, not bytes',
      sql: "SELECT 'é😀' FROM FROM;",
      good: [],
      errors: [[1, 19, /at or near "FROM"/]],
    },
    {
      name: 'rows after COPY FROM STDIN',
      sql: "COPY t (a) FROM stdin;\n1\tit's;\n\\.\n\nSELECT 1;",
      good: ['COPY t (a) FROM stdin', 'SELECT 1'],
      errors: [],
    },
    {
      name: 'COPY FROM STDIN without rows',
      sql: 'COPY t FROM stdin;\nSELECT 1;\noops;',
      good: ['COPY t FROM stdin', 'SELECT 1'],
      errors: [[3, 1, /oops/]],
    },
    {
      name: 'a comment that never ends',
      sql: 'SELECT 1;\n/* x;\nSELECT 2;',
      good: ['SELECT 1'],
      errors: [[2, 1, /unterminated/]],
    },
    { name: 'nothing but a comment that never ends', sql: '/*', good: [], errors: [[1, 1, /unterminated/]] },
    {
      name: 'bodies with semicolons stay whole',
      sql: 'oops;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;\nCREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);\nDO $x$ BEGIN PERFORM 1; END $x$;',
      good: [/^CREATE FUNCTION[\s\S]*END$/, /^CREATE RULE[\s\S]*\)$/, /^DO [\s\S]*\$x\$$/],
      errors: [[1, 1, /oops/]],
    },
    {
      name: 'a quote that never ends costs only its statement',
      sql: "SELECT 1;\nINSERT INTO t VALUES ('it's');\nSELECT 2;",
      good: ['SELECT 1', 'SELECT 2'],
      errors: [[2, 27, /at or near "s"/]],
    },
    {
      name: 'a NUL character',
      sql: 'SELECT 1;\nSELECT 2\0;\nSELECT 3;',
      good: ['SELECT 1', 'SELECT 3'],
      errors: [[2, 9, /NUL/]],
    },
    {
      name: 'an expression too deep for the parser',
      sql: `SELECT 1${'+1'.repeat(100_000)};\nSELECT 2;`,
      good: ['SELECT 2'],
      errors: [[1, 1, /too deep/]],
    },
    {
      name: 'comments that would take the parser hours',
      sql: `SELECT 1;\n${'/*'.repeat(200_000)}${'*/'.repeat(200_000)}\nSELECT 2; ${'/**/'.repeat(200_000)} SELECT 3`,
      good: ['SELECT 1', 'SELECT 2', 'SELECT 3'],
      errors: [],
    },
    {
      name: 'comments without end that would take the parser hours',
      sql: '/*'.repeat(200_000),
      good: [],
      errors: [[1, 1, /too deep/]],
    },
    {
      name: 'a long ruler',
      sql: `/*${'*'.repeat(20_000)}*/ SELECT 1; --${'-'.repeat(20_000)}`,
      good: ['SELECT 1'],
      errors: [],
    },
    {
      name: 'a thousand joins too many',
      sql: `SELECT 1${' UNION SELECT 1'.repeat(20_000)}`,
      good: [],
      errors: [[1, 1, /too deep/]],
    },
  ];

  it.each(cases)('$name', ({ sql, good, errors }) => {
    const script = read(sql);
    expect(script.statements.map((statement) => statement.sql)).toEqual(
      good.map((text) => (typeof text === 'string' ? text : expect.stringMatching(text))),
    );
    expect(script.errors).toEqual(
      errors.map(([line, column, message]) => ({ line, column, message: expect.stringMatching(message as RegExp) })),
    );
  });

  it('a long list of values is not too deep', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `(${index}, -1, now() - interval '1 day', 'x'::text)`);
    expect(read(`INSERT INTO t VALUES ${rows.join(',\n')}`).errors).toEqual([]);
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '$$',
      '$a$',
      '/*',
      '*/',
      '--',
      '\n',
      ';',
      '\\',
      '(',
      ')',
      'SELECT 1',
      '{{',
      '}}',
      'é',
      '\0',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const sql = pieces.join('');
        const { errors } = read(sql);
        for (const { line, column } of errors) {
          expect(line).toBeLessThanOrEqual(sql.split('\n').length);
          expect(column).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('changes', () => {
  it('of one ALTER TABLE are several, inline constraints among them', () => {
    expect(
      bodies(
        'ALTER TABLE o ADD COLUMN c bigint NOT NULL REFERENCES p (id) ON DELETE CASCADE CHECK (c > 0), DROP COLUMN IF EXISTS d CASCADE',
      ),
    ).toEqual([
      { kind: 'drop-column', table: { name: 'o' }, column: 'd', ifExists: true, cascade: true },
      {
        kind: 'add-column',
        table: { name: 'o' },
        column: { name: 'c', type: 'bigint', nullable: false },
        ifNotExists: false,
      },
      {
        kind: 'add-constraint',
        table: { name: 'o' },
        constraint: {
          kind: 'foreign-key',
          columns: ['c'],
          references: { name: 'p' },
          referencedColumns: ['id'],
          onDelete: 'cascade',
          validated: true,
        },
        inline: 'c',
      },
      {
        kind: 'add-constraint',
        table: { name: 'o' },
        constraint: { kind: 'check', expression: 'c > 0', validated: true },
        inline: 'c',
      },
    ]);
  });

  it.each([
    ["'x'", 'constant'],
    ['-1', 'constant'],
    ["'{}'::jsonb", 'constant'],
    ['ARRAY[]::text[]', 'constant'],
    ["'a' || 'b'", 'constant'],
    ['now()', 'stable'],
    ['CURRENT_TIMESTAMP', 'stable'],
    ["(now() AT TIME ZONE 'utc')", 'stable'],
    ['pg_catalog.now()', 'stable'],
    ['random()', 'volatile'],
    ['gen_random_uuid()', 'volatile'],
    ['clock_timestamp()', 'volatile'],
    ["nextval('s'::regclass)", 'volatile'],
    ['app.now()', 'volatile'],
    ['lower(uuid_generate_v4()::text)', 'volatile'],
  ])('the default %s is %s', (sql, volatility) => {
    expect(bodies(`ALTER TABLE t ADD COLUMN a text DEFAULT ${sql} NOT NULL`)).toMatchObject([
      { kind: 'add-column', column: { default: { sql, volatility }, nullable: false } },
    ]);
  });

  it.each([
    [
      'INSERT INTO a SELECT * FROM b',
      [
        {
          kind: 'write-data',
          verb: 'insert',
          table: { name: 'a' },
          sources: [{ name: 'b' }],
          traits: [{ kind: 'select-star' }],
        },
      ],
    ],
    [
      'WITH gone AS (DELETE FROM a WHERE x = (SELECT 1) RETURNING *) UPDATE b SET c = 1',
      [
        {
          kind: 'write-data',
          verb: 'delete',
          table: { name: 'a' },
          where: 'x = (SELECT 1)',
          bounds: [{ kind: 'equal', column: 'x' }],
        },
        { kind: 'write-data', verb: 'update', table: { name: 'b' }, sets: ['c'] },
      ],
    ],
    [
      'TRUNCATE a, b.c',
      [
        { kind: 'write-data', verb: 'truncate', table: { name: 'a' } },
        { kind: 'write-data', verb: 'truncate', table: { schema: 'b', name: 'c' } },
      ],
    ],
    [
      'WITH w AS (SELECT 1) SELECT * FROM w JOIN a.b ON true',
      [{ kind: 'query', tables: [{ schema: 'a', name: 'b' }], traits: [{ kind: 'select-star' }] }],
    ],
    ["SET LOCAL lock_timeout = '2s'", [{ kind: 'set', setting: 'lock_timeout', value: '2s', scope: 'transaction' }]],
    [
      "SELECT set_config('lock_timeout', '2s', true)",
      [{ kind: 'set', setting: 'lock_timeout', value: '2s', scope: 'transaction' }],
    ],
    ['RESET lock_timeout', [{ kind: 'set', setting: 'lock_timeout', value: 'default', scope: 'session' }]],
    [
      'COMMIT AND CHAIN',
      [
        { kind: 'transaction', verb: 'commit' },
        { kind: 'transaction', verb: 'begin' },
      ],
    ],
    ['ROLLBACK TO SAVEPOINT a', [{ kind: 'transaction', verb: 'rollback-to', name: 'a' }]],
    ['ALTER TABLE t DISABLE RULE r', [{ kind: 'other', what: 'ALTER TABLE DISABLE RULE', table: { name: 't' } }]],
  ])('%s', (sql, expected) => {
    expect(bodies(sql)).toEqual(expected);
  });
});
