import { describe, expect, it } from 'vitest';
import { lint, UsageError, verify } from '../../src/index.ts';
import { run, workspace } from './workspace.ts';

const index = 'CREATE INDEX orders_customer ON orders (customer_id);';

describe('lint', () => {
  it('returns what the command prints', async () => {
    const { stdout } = await run(['lint', 'x.sql', '--format', 'json'], { cwd: workspace({ 'x.sql': index }) });
    const report = await lint(index);
    expect(JSON.parse(JSON.stringify(report).replaceAll('<sql>', 'x.sql'))).toEqual(JSON.parse(stdout));
  });

  it('obeys its options', async () => {
    const rules = { 'require-concurrent-index': 'off', 'missing-lock-timeout': 'error' } as const;
    const { findings } = await lint(index, { rules });
    expect(findings.map(({ rule }) => rule)).not.toContain('require-concurrent-index');
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'missing-lock-timeout', level: 'error' }));
    const named = await lint('CREATE TABLE "Orders" (id bigint PRIMARY KEY);', {
      rules: { naming: { table: '^[a-z]+$' } },
    });
    expect(named.findings.map(({ rule }) => rule)).toContain('naming');
    const widened = 'ALTER TABLE orders ALTER COLUMN code TYPE varchar(20);';
    const rulesOf = async (schema?: string) =>
      (await lint(widened, schema === undefined ? {} : { schema })).findings.map(({ rule }) => rule);
    expect(await rulesOf()).toContain('column-type-rewrite');
    expect(await rulesOf('CREATE TABLE orders (code varchar(10));')).not.toContain('column-type-rewrite');
    const mysql = await lint('DROP TABLE orders;', { engine: 'mysql' });
    expect(mysql.findings.map(({ rule }) => rule)).toContain('drop-table');
    const wrapped = await lint('CREATE INDEX CONCURRENTLY i ON orders (a);', { assumeInTransaction: true });
    expect(wrapped.findings.map(({ rule }) => rule)).toContain('concurrent-in-transaction');
  });

  it('keeps errors of the text and of the schema apart', async () => {
    const { errors } = await lint('CREATE TABEL a;', { schema: 'CREATE TABEL b;' });
    expect(errors.map(({ file, line, column }) => [file, line, column])).toEqual([
      ['<schema>', 1, 8],
      ['<sql>', 1, 8],
    ]);
  });

  it('refuses options that are not allowed', async () => {
    await expect(lint('', { engine: 'oracle' as never })).rejects.toThrow('engine is "oracle"');
    await expect(lint('', { rules: { 'drop-table': 'of' as never } })).rejects.toThrow('rules.drop-table is "of"');
    await expect(lint('', { rules: { naming: { tabel: 'x' } } })).rejects.toThrow('rules.naming.tabel is "tabel"');
    await expect(lint('', { rules: { 'drop-tabel': 'off' } })).rejects.toThrow('rules.drop-tabel is "drop-tabel"');
    await expect(lint('', { engineVersion: 'new' })).rejects.toThrow('engineVersion is "new"');
    await expect(lint('', { engineversion: '16' } as never)).rejects.toMatchObject({
      message: 'there is no option "engineversion"',
      remedy: expect.stringContaining('Did you mean engineVersion?'),
    });
  });

  it('refuses what is no text, as the wrong use that it is', async () => {
    for (const sql of [undefined, null, 5, Buffer.from('SELECT 1')])
      await expect(lint(sql as never)).rejects.toThrow(UsageError);
    await expect(lint('', { schema: 5 as never })).rejects.toThrow('schema is number');
  });
});

describe('verify', () => {
  it('runs migrations after a schema, with criteria, and back', async () => {
    const report = await verify(
      [
        {
          file: '1.sql',
          sql: 'ALTER TABLE orders ADD COLUMN note text;',
          down: 'ALTER TABLE orders DROP COLUMN note;',
        },
      ],
      {
        schema: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
        criteria: [
          { text: 'there are orders', sql: "SELECT to_regclass('orders') IS NOT NULL" },
          { text: 'there are none', sql: "SELECT to_regclass('orders') IS NULL" },
        ],
      },
    );
    expect(report).toMatchObject({
      engine: 'postgresql',
      failed: null,
      migrations: [{ file: '1.sql', error: null }],
      roundTrip: { down: 'ok', differences: [] },
      criteria: [{ pass: true }, { pass: false }],
    });
  });

  it.each([
    [undefined, 'migrations is no array'],
    [['SELECT 1'], 'migrations[0].file is undefined'],
    [[{ file: '1.sql' }], 'migrations[0].sql is undefined'],
    [[{ file: '1.sql', sql: '', down: null }], 'migrations[0].down is null'],
  ])('refuses %j', async (migrations, said) => {
    await expect(verify(migrations as never)).rejects.toThrow(said);
    await expect(verify(migrations as never)).rejects.toThrow(UsageError);
  });

  it('returns a failure as a result', async () => {
    const { failed } = await verify([{ file: '1.sql', sql: 'SELECT 1/0;' }]);
    expect(failed).toMatchObject({ file: '1.sql', line: 1, code: '22012' });
  });
});
