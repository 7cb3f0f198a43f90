import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { categories, levels } from '../../src/sql/finding.ts';
import { run, workspace } from './workspace.ts';

const place = { file: z.string(), line: z.int().min(1), column: z.int().min(1) };
const finding = z.strictObject({
  rule: z.string(),
  level: z.enum(levels),
  category: z.enum(categories),
  ...place,
  endLine: z.int().min(1),
  endColumn: z.int().min(1),
  message: z.string(),
  remedy: z.string(),
  fix: z.strictObject({ description: z.string(), replacement: z.string() }).optional(),
  docs: z.url(),
});
/** DESIGN's contract, and beside it what was suppressed. */
const report = z.strictObject({
  tool: z.literal('database-lead'),
  version: z.string(),
  files: z.int(),
  statements: z.int(),
  findings: z.array(finding),
  suppressed: z.array(z.strictObject({ finding, reason: z.string() })),
  errors: z.array(z.strictObject({ ...place, message: z.string() })),
});

const blocking = 'CREATE INDEX orders_customer ON orders (customer_id);\n';
const harmless = "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN note text;\n";

describe('database-lead lint', () => {
  it('exits 0 when nothing blocks, 1 when something does, 2 when something cannot be read', async () => {
    const cwd = workspace({ 'good.sql': harmless, 'bad.sql': blocking, 'broken.sql': 'CREATE TABEL x;' });
    expect((await run(['lint', 'good.sql'], { cwd })).code).toBe(0);
    expect((await run(['lint', 'bad.sql'], { cwd })).code).toBe(1);
    const broken = await run(['lint', 'bad.sql', 'broken.sql'], { cwd });
    expect(broken.code).toBe(2);
    expect(broken.stdout).toContain('broken.sql:1:8: not understood: syntax error at or near "TABEL"');
    expect(broken.stdout).toContain('bad.sql:1:1: error:');
    expect(broken.stderr).toContain('broken.sql');
  });

  it('prints the contract as JSON, alone on standard output', async () => {
    const cwd = workspace({
      'm/0001_a.up.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      'm/0001_a.down.sql': 'DROP TABLE orders;',
      'm/0002_b.up.sql': `\n${blocking}`,
      'm/0003_c.up.sql': 'CREATE TABEL x;',
      'm/notes.sql': 'DROP TABLE orders;',
    });
    const { code, stdout, stderr } = await run(['lint', 'm', '--format', 'json'], { cwd });
    const parsed = report.parse(JSON.parse(stdout));
    expect(code).toBe(2);
    expect(parsed).toMatchObject({ files: 3, statements: 2 });
    expect(parsed.findings).toContainEqual(
      expect.objectContaining({
        rule: 'require-concurrent-index',
        level: 'error',
        category: 'locking',
        file: 'm/0002_b.up.sql',
        line: 2,
        column: 1,
        endLine: 2,
        endColumn: 53,
      }),
    );
    expect(parsed.findings.map(({ rule }) => rule)).not.toContain('drop-table');
    expect(parsed.errors).toEqual([expect.objectContaining({ file: 'm/0003_c.up.sql', line: 1, column: 8 })]);
    expect(stderr).toContain('1 other .sql file is no step of them and not looked at (notes.sql)');
  });

  it('reads standard input', async () => {
    const { code, stdout } = await run(['lint', '-'], { input: `\uFEFF${blocking}` });
    expect(code).toBe(1);
    expect(stdout).toContain('<stdin>:1:1: error:');
    expect(stdout).toContain('  1 | CREATE INDEX orders_customer ON orders (customer_id);');
    expect((await run(['lint', '-'], { input: '' })).code).toBe(0);
    expect((await run(['lint', '-'], { input: new Uint8Array([0x66, 0xff, 0x66]) })).code).toBe(2);
  });

  it('reports a suppression with its reason and a general check beside the rules', async () => {
    const cwd = workspace({
      'a.sql': `-- database-lead: ignore require-concurrent-index because the table is empty\n${blocking}`,
      'b.sql': 'CREATE TABLE tbl_orders (id bigint PRIMARY KEY);',
    });
    const { code, stdout } = await run(['lint', 'a.sql', 'b.sql', '--format', 'json'], { cwd });
    const { suppressed, findings } = report.parse(JSON.parse(stdout));
    expect(code).toBe(0);
    expect(suppressed).toMatchObject([{ finding: { rule: 'require-concurrent-index' }, reason: 'the table is empty' }]);
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'sql-lint/hungarian-notation', level: 'notice' }));
  });

  it('knows a schema, a version and a transaction when it is told of them', async () => {
    const cwd = workspace({
      'schema.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10));',
      'wider.sql': "SET lock_timeout = '1s';\nALTER TABLE orders ALTER COLUMN code TYPE varchar(20);",
      'index.sql': "SET lock_timeout = '1s';\nCREATE INDEX CONCURRENTLY i ON orders (code);",
      'broken.sql': 'CREATE TABEL x;',
    });
    expect((await run(['lint', 'wider.sql'], { cwd })).stdout).toContain('column-type-rewrite');
    expect((await run(['lint', 'wider.sql', '--schema', 'schema.sql'], { cwd })).stdout).not.toContain('rewrite');
    expect((await run(['lint', 'wider.sql', '--schema', 'broken.sql'], { cwd })).code).toBe(2);
    expect((await run(['lint', 'index.sql', '--engine-version', '16'], { cwd })).code).toBe(0);
    const inTransaction = await run(['lint', 'index.sql', '--assume-in-transaction'], { cwd });
    expect(inTransaction.code).toBe(1);
    expect(inTransaction.stdout).toContain(': error: concurrent-in-transaction\n');
  });

  it('misses nothing that a part of the migrations cannot show', async () => {
    const cwd = workspace({
      'm/1_a.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      'm/2_b.sql': "SET lock_timeout = '1s';\nALTER TABLE orders ADD COLUMN a int;",
      'm/3_c.sql':
        "SET lock_timeout = '1s';\nALTER TABLE orders ADD COLUMN b int;\nALTER TABLE odrers ADD COLUMN c int;",
    });
    expect((await run(['lint', 'm'], { cwd })).stdout).toContain(': unknown-object');
    for (const paths of [['m/[23]*.sql'], ['m/2_b.sql', 'm/3_c.sql'], ['m/3_c.sql']])
      expect((await run(['lint', ...paths], { cwd })).stdout).not.toContain('unknown-object');
  });

  it('finds the migrations itself where no path is named', async () => {
    const cwd = workspace({
      'db/migrations/0001_a.up.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      'db/migrations/0002_b.up.sql': blocking,
      'seeds/x.sql': 'DROP TABLE orders;',
    });
    const { code, stdout, stderr } = await run(['lint'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('db/migrations/0002_b.up.sql:1:1: error: require-concurrent-index');
    expect(stdout).not.toContain('drop-table');
    expect(stderr).toContain('not looked at (seeds/x.sql)');
  });

  it('reads each of several paths for the engine that it names', async () => {
    const cwd = workspace({
      'db/mysql/1_a.sql': 'CREATE TABLE `orders` (id bigint PRIMARY KEY) ENGINE=InnoDB;',
      'db/mysql/2_b.sql': 'DROP TABLE `orders`;',
      'db/postgres/1_a.sql': 'CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);',
      'other.sql': "SELECT '{}'::jsonb;",
    });
    for (const paths of [
      ['db/mysql', 'db/postgres', 'other.sql'],
      ['db/mysql/1_a.sql', 'db/mysql/2_b.sql', 'db/postgres/1_a.sql', 'other.sql'],
    ]) {
      const { code, stdout } = await run(['lint', ...paths, '--format', 'json'], { cwd });
      expect(JSON.parse(stdout)).toMatchObject({ errors: [], files: 4, findings: [{ rule: 'drop-table' }] });
      expect(code).toBe(1);
    }
  });

  it('does not repeat a file of one word', async () => {
    const { code, stdout } = await run(['lint', '-'], { input: 'x'.repeat(100_000) });
    expect(code).toBe(2);
    expect(stdout.length).toBeLessThan(1_000);
  });

  it('prints large reports whole, and ends quietly when nobody reads them', async () => {
    const input = 'DROP TABLE orders;\n'.repeat(3_000);
    const whole = await run(['lint', '-', '--format', 'json'], { input });
    expect(report.parse(JSON.parse(whole.stdout)).statements).toBe(3_000);
    const cut = await run(['lint', '-', '--format', 'json'], { input, hangUp: true });
    expect(cut).toMatchObject({ code: 1, stderr: '' });
  });

  it.each([
    [['lint'], 'nothing to lint', 'Usage: database-lead lint [PATH...]'],
    [['lint', 'missing.sql'], 'cannot read missing.sql', 'Name a file, a directory, a glob, or - for standard input'],
    [['lint', '.'], '. holds no .sql file', 'Name the directory of the migrations, or a file'],
    [['lint', '-', '--format', 'jsn'], '--format is "jsn"', 'Did you mean json? Use one of text, json, sarif, github'],
    [['lint', '-', '--engine', 'oracle'], '--engine is "oracle"', 'Use one of postgresql, mysql, mariadb, sqlite'],
    [['lint', '-', '--engine-version', 'new'], '--engine-version is "new"', 'Use a number such as 16 or 8.4'],
    [['lint', '-', '--schema', 'old.sql'], '--schema: cannot read old.sql', 'Name a file, a directory, a glob'],
    [['lint', '-', '--schema', '-'], 'standard input cannot be both', 'Name a file for one of them'],
    [['lint', '-', '--fast'], "Unknown option '--fast'", 'Usage: database-lead lint [PATH...]'],
  ])('%j names the mistake and the remedy', async (args, mistake, remedy) => {
    const { code, stdout, stderr } = await run(args, { cwd: workspace({}) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`database-lead: ${mistake}`);
    expect(stderr).toContain(remedy);
  });
});
