import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../src/sql/apply/index.ts';
import { emptyCatalog } from '../../src/sql/catalog.ts';
import type { LintFile } from '../../src/sql/lint/files.ts';
import { type LintOptions, lint } from '../../src/sql/lint.ts';
import { loadParsers, parse } from '../../src/sql/parsers/index.ts';
import { rules } from '../../src/sql/rules/index.ts';

beforeAll(loadParsers);

const schema = `
  CREATE TABLE orders (id bigint PRIMARY KEY, note text, total int);
  CREATE INDEX orders_note ON orders (note);`;

/** What the runner does is shown by a few rules; what the others say of the same statements is in tables of their own. */
const shown: ReadonlySet<string> = new Set([
  'concurrent-in-transaction',
  'delete-without-where',
  'drop-cascade',
  'drop-table',
  'ignore-comment',
  'missing-lock-timeout',
  'require-concurrent-index',
  'set-not-null-scan',
  'update-without-where',
]);
const silenced = Object.fromEntries(rules.filter(({ id }) => !shown.has(id)).map(({ id }) => [id, 'off' as const]));

function run(sql: string | readonly LintFile[], { rules: levels, ...options }: Partial<LintOptions> = {}) {
  const before = catalogOf('postgresql', [parse(schema, 'postgresql')]).catalog;
  const files = typeof sql === 'string' ? [{ file: 'a.sql', sql }] : sql;
  return lint(files, { engine: 'postgresql', before, rules: { ...silenced, ...levels }, ...options });
}

/** `line rule` of every finding. */
const said = (...input: Parameters<typeof run>) => run(...input).findings.map(({ line, rule }) => `${line} ${rule}`);

describe('the report', () => {
  it('has the form of the contract', () => {
    const report = run("SET lock_timeout = '2s';\n\n  CREATE INDEX a ON orders (note);\nSELEC 1;");
    expect(report).toMatchObject({
      tool: 'database-lead',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      files: 1,
      statements: 2,
      findings: [
        {
          rule: 'require-concurrent-index',
          level: 'error',
          category: 'locking',
          file: 'a.sql',
          line: 3,
          column: 3,
          endLine: 3,
          endColumn: 34,
          fix: { replacement: 'CREATE INDEX CONCURRENTLY a ON orders (note)' },
          docs: 'docs/rules/require-concurrent-index.md',
        },
      ],
      suppressed: [],
      errors: [{ file: 'a.sql', line: 4, column: 1, message: 'syntax error at or near "SELEC"' }],
    });
  });

  it('is sorted by file and place', () => {
    const { findings } = run([
      { file: 'b.sql', sql: 'DROP TABLE orders;' },
      { file: 'a.sql', sql: 'DELETE FROM x;\nDELETE FROM y; UPDATE y SET a = 1;' },
    ]);
    expect(findings.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      'a.sql:1:1',
      'a.sql:2:1',
      'a.sql:2:16',
      'b.sql:1:1',
      'b.sql:1:1',
    ]);
  });

  it('gives the catalog after the files, and what they refer to that nobody made', () => {
    const { catalog, problems } = run('ALTER TABLE ordrs ADD COLUMN a int; CREATE TABLE new (id int);');
    expect([...catalog.tables.keys()]).toEqual(['public.orders', 'public.ordrs', 'public.new']);
    expect(problems).toMatchObject([{ file: 'a.sql', problem: 'table `ordrs` is not known' }]);
  });

  it('says the lock timeout once a file', () => {
    expect(said('ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ADD COLUMN b int;')).toEqual([
      '1 missing-lock-timeout',
    ]);
  });

  it('takes levels from the options, and says a rule that does not exist', () => {
    const report = run('DROP TABLE orders;', {
      rules: { 'drop-table': 'notice', 'missing-lock-timeout': 'off', 'drop-tabel': 'off' },
    });
    expect(report.findings.map(({ rule, level }) => [rule, level])).toEqual([['drop-table', 'notice']]);
    expect(report.errors).toEqual([{ file: 'options', line: 1, column: 1, message: 'there is no rule `drop-tabel`' }]);
  });
});

describe('what is new', () => {
  const index = 'CREATE INDEX ON fresh (a);';

  it.each([
    [
      'the file made the table',
      `CREATE TABLE fresh (a int); ${index} ALTER TABLE fresh ALTER a SET NOT NULL; DROP TABLE fresh CASCADE;`,
    ],
    ['it was renamed since', `CREATE TABLE f (a int); ALTER TABLE f RENAME TO fresh; ${index}`],
    ['it was filled from a query', `CREATE TABLE fresh AS SELECT 1 AS a; ${index}`],
    ['it is temporary', `CREATE TEMP TABLE fresh (a int); ${index} DELETE FROM fresh;`],
    ['it is a materialized view', `CREATE MATERIALIZED VIEW fresh AS SELECT 1 AS a; ${index}`],
  ])('nothing is said when %s', (_, sql) => {
    expect(said(sql)).toEqual([]);
  });

  it('spans all the files', () => {
    expect(
      run([
        { file: 'a.sql', sql: 'CREATE TABLE fresh (a int);' },
        { file: 'b.sql', sql: index },
      ]).findings,
    ).toEqual([]);
  });

  it('is not what IF NOT EXISTS found', () => {
    expect(
      said("SET lock_timeout = '1s'; CREATE TABLE IF NOT EXISTS orders (a int); CREATE INDEX ON orders (note);"),
    ).toEqual(['1 require-concurrent-index']);
  });

  it('is not a table of which nobody knows', () => {
    expect(
      said("SET lock_timeout = '1s'; CREATE INDEX ON elsewhere (a);", { before: emptyCatalog('postgresql') }),
    ).toEqual(['1 require-concurrent-index']);
  });
});

describe('transactions', () => {
  const concurrently = 'CREATE INDEX CONCURRENTLY ON orders (note);';

  it.each([
    ['BEGIN', `BEGIN;\n${concurrently}`, {}, true],
    ['START TRANSACTION', `START TRANSACTION;\n${concurrently}`, {}, true],
    ['after COMMIT', `BEGIN; SELECT 1; COMMIT;\n${concurrently}`, {}, false],
    ['after ROLLBACK', `BEGIN; SELECT 1; ROLLBACK;\n${concurrently}`, {}, false],
    ['after ROLLBACK TO', `BEGIN; SAVEPOINT a; ROLLBACK TO a;\n${concurrently}`, {}, true],
    ['after COMMIT AND CHAIN', `BEGIN; COMMIT AND CHAIN;\n${concurrently}`, {}, true],
    ['none', `\n${concurrently}`, {}, false],
    ['assumed', `\n${concurrently}`, { assumeInTransaction: true }, true],
    ['assumed but committed', `COMMIT;\n${concurrently}`, { assumeInTransaction: true }, false],
    ['REINDEX CONCURRENTLY', 'BEGIN;\nREINDEX TABLE CONCURRENTLY orders;', {}, true],
    ['DROP INDEX CONCURRENTLY', 'BEGIN;\nDROP INDEX CONCURRENTLY orders_note;', {}, true],
    ['REFRESH CONCURRENTLY may', 'BEGIN;\nREFRESH MATERIALIZED VIEW CONCURRENTLY m;', {}, false],
  ])('%s', (_, sql, options, fires) => {
    expect(said(sql, options)).toEqual(fires ? ['2 concurrent-in-transaction'] : []);
  });

  it("a tool's own transaction counts", () => {
    expect(said([{ file: 'a.sql', sql: concurrently, transaction: true }])).toEqual(['1 concurrent-in-transaction']);
  });

  it('no replacement is offered that would fail in a transaction', () => {
    const { findings } = run([
      { file: 'a.sql', sql: "SET lock_timeout = '1s'; CREATE INDEX ON orders (note);", transaction: true },
    ]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).not.toHaveProperty('fix');
  });
});

describe('lock timeouts', () => {
  const lock = 'ALTER TABLE orders ADD COLUMN a int;';

  it.each([
    ["SET lock_timeout = '2s'", `SET lock_timeout = '2s'; ${lock}`, true],
    ['SET lock_timeout TO 500', `SET lock_timeout TO 500; ${lock}`, true],
    ['set_config', `SELECT set_config('lock_timeout', '2s', false); ${lock}`, true],
    ['zero is none', `SET lock_timeout = 0; ${lock}`, false],
    ['zero seconds is none', `SET lock_timeout = '0s'; ${lock}`, false],
    ['another setting', `SET statement_timeout = '2s'; ${lock}`, false],
    ['RESET', `SET lock_timeout = '2s'; RESET lock_timeout; ${lock}`, false],
    ['RESET ALL', `SET lock_timeout = '2s'; RESET ALL; ${lock}`, false],
    ['SET LOCAL inside', `BEGIN; SET LOCAL lock_timeout = '2s'; ${lock} COMMIT;`, true],
    ['SET LOCAL outside does nothing', `SET LOCAL lock_timeout = '2s'; ${lock}`, false],
    ['SET LOCAL ends with its transaction', `BEGIN; SET LOCAL lock_timeout = '2s'; COMMIT; ${lock}`, false],
    ['SET outlives COMMIT', `BEGIN; SET lock_timeout = '2s'; COMMIT; ${lock}`, true],
    ['SET does not outlive ROLLBACK', `BEGIN; SET lock_timeout = '2s'; ROLLBACK; ${lock}`, false],
  ])('%s', (_, sql, isSet) => {
    expect(said(sql)).toEqual(isSet ? [] : ['1 missing-lock-timeout']);
  });

  it('do not reach into the next file', () => {
    const { findings } = run([
      { file: 'a.sql', sql: "SET lock_timeout = '2s';" },
      { file: 'b.sql', sql: lock },
    ]);
    expect(findings.map(({ rule }) => rule)).toEqual(['missing-lock-timeout']);
  });

  it.each([
    'CREATE INDEX CONCURRENTLY ON orders (note)',
    'DROP INDEX CONCURRENTLY orders_note',
    "COMMENT ON TABLE orders IS 'x'",
    'ALTER TABLE orders VALIDATE CONSTRAINT c',
  ])('are not asked of %s', (sql) => expect(said(sql)).toEqual([]));
});

describe('suppressions', () => {
  it.each([
    [
      'above',
      '-- x\n\n-- database-lead: ignore delete-without-where because rows are test data\nDELETE FROM orders;\nDELETE FROM orders;',
      ['5 delete-without-where'],
    ],
    [
      'above, after another',
      'SELECT 1;\n-- database-lead: ignore delete-without-where because tests\nDELETE FROM orders;\nDELETE FROM orders;',
      ['4 delete-without-where'],
    ],
    [
      'behind',
      'SELECT 1;\nDELETE FROM orders; -- database-lead: ignore delete-without-where because tests\nDELETE FROM orders;',
      ['3 delete-without-where'],
    ],
    ['inside', 'SELECT 1;\nDELETE\n-- database-lead: ignore delete-without-where because tests\nFROM orders;', []],
    [
      'in a block comment',
      'SELECT 1;\n/* database-lead: ignore delete-without-where because tests */ DELETE FROM orders;',
      [],
    ],
    [
      'in the first comment of the file',
      '-- Clears the tables.\n-- database-lead: ignore delete-without-where because tests\n\nDELETE FROM orders;\nDELETE FROM orders;',
      [],
    ],
    [
      'of several rules',
      'SELECT 1;\n-- database-lead: ignore drop-table, drop-cascade, missing-lock-timeout because unused\nDROP TABLE orders CASCADE;',
      [],
    ],
    [
      'of another rule',
      'SELECT 1;\n-- database-lead: ignore drop-table because unused\nDELETE FROM orders;',
      ['3 delete-without-where'],
    ],
    [
      'without a reason',
      'SELECT 1;\n-- database-lead: ignore delete-without-where\nDELETE FROM orders;',
      ['2 ignore-comment', '3 delete-without-where'],
    ],
    [
      'with an empty reason',
      'SELECT 1;\n-- database-lead: ignore delete-without-where because \nDELETE FROM orders;',
      ['2 ignore-comment', '3 delete-without-where'],
    ],
    [
      'of a rule that does not exist',
      'SELECT 1;\n-- database-lead: ignore delete-all because tests\nDELETE FROM orders;',
      ['2 ignore-comment', '3 delete-without-where'],
    ],
    [
      'in a string',
      "SELECT 1;\nSELECT '-- database-lead: ignore delete-without-where because tests';\nDELETE FROM orders;",
      ['3 delete-without-where'],
    ],
    [
      "squawk's",
      'SELECT 1;\n-- squawk-ignore ban-drop-table, require-timeout-settings\nDROP TABLE orders;\nDROP TABLE orders;',
      ['4 drop-table', '4 missing-lock-timeout'],
    ],
    ["squawk's for everything", 'SELECT 1;\n-- squawk-ignore\nDROP TABLE orders;', []],
    [
      "squawk's for the file",
      'SELECT 1;\n-- squawk-ignore-file ban-drop-table, require-timeout-settings\nDROP TABLE orders;\nDROP TABLE orders;',
      [],
    ],
    ["eugene's", 'SELECT 1;\n-- eugene: ignore E6, E9\nCREATE INDEX ON orders (note);', []],
    [
      "atlas'",
      'SELECT 1;\n-- atlas:nolint DS102 PG\nDROP TABLE orders;\n-- atlas:nolint destructive\nDROP TABLE orders;\n-- atlas:nolint\nDROP TABLE orders;',
      ['3 missing-lock-timeout'],
    ],
  ])('%s', (_, sql, expected) => {
    expect(said(sql)).toEqual(expected);
  });

  it('are kept with their reason', () => {
    const { suppressed } = run(
      'SELECT 1;\n-- database-lead: ignore delete-without-where because rows are test data\nDELETE FROM orders;',
    );
    expect(suppressed).toMatchObject([
      { reason: 'rows are test data', finding: { rule: 'delete-without-where', line: 3 } },
    ]);
  });

  it('of a once-a-file finding let the next place be said', () => {
    expect(
      said(
        'SELECT 1;\n-- database-lead: ignore missing-lock-timeout because quiet table\nALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders ADD COLUMN b int;',
      ),
    ).toEqual(['4 missing-lock-timeout']);
  });
});
