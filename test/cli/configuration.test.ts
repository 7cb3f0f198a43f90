import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, workspace } from './workspace.ts';

const index = 'CREATE INDEX orders_customer ON orders (customer_id);\n';
const config = '.github/database-lead.yml';

async function findings(args: readonly string[], cwd: string) {
  const { stdout, stderr, code } = await run(['lint', ...args, '--format', 'json'], { cwd });
  const report = JSON.parse(stdout);
  const said: string[] = report.findings.map(
    ({ file, rule, level }: Record<string, string>) => `${file} ${level} ${rule}`,
  );
  return { said, stderr, code, files: report.files };
}

describe('the configuration of database-lead lint', () => {
  it('is looked for above the path, and said', async () => {
    const cwd = workspace({
      [config]: 'review: { rules: { require-concurrent-index: notice, missing-lock-timeout: off } }',
      'db/a.sql': index,
    });
    const inside = await findings(['a.sql'], join(cwd, 'db'));
    expect(inside.code).toBe(0);
    expect(inside.said).toContain('a.sql notice require-concurrent-index');
    expect(inside.said.join()).not.toContain('missing-lock-timeout');
    expect(inside.stderr).toBe('database-lead: configured by ../.github/database-lead.yml\n');
    expect((await findings(['db/a.sql', '--no-config'], cwd)).code).toBe(1);
    expect((await findings(['db/a.sql', '--quiet'], cwd)).stderr).toBe('');
    expect((await findings(['db/a.sql', '--rule', 'require-concurrent-index=error'], cwd)).code).toBe(1);
  });

  it('ends at the root of a git repository', async () => {
    const cwd = workspace({
      [config]: 'review: { rules: { require-concurrent-index: off } }',
      'inner/a.sql': index,
    });
    mkdirSync(join(cwd, 'inner/.git'));
    expect((await findings(['inner/a.sql'], cwd)).code).toBe(1);
    expect((await findings(['inner/a.sql', '--config', config], cwd)).code).toBe(0);
  });

  it('sets engine, version and sizes of the database that a path is of', async () => {
    const cwd = workspace({
      [config]: `databases:
  - { name: shop, migrations: db/shop, version: "16", tables: { orders: { rows: 200 } } }
  - { name: blog, migrations: db/blog, engine: mysql }
`,
      'db/shop/1_a.sql': index,
      'db/blog/1_a.sql': 'DROP TABLE `posts`;',
    });
    const shop = ['db/shop/1_a.sql notice missing-lock-timeout', 'db/shop/1_a.sql notice require-concurrent-index'];
    expect((await findings(['db/shop'], cwd)).said).toEqual(expect.arrayContaining(shop));
    for (const paths of [['db/shop', 'db/blog'], ['db'], ['.'], []]) {
      const { said, stderr, files } = await findings(paths, cwd);
      expect(said).toEqual(expect.arrayContaining([...shop, 'db/blog/1_a.sql error drop-table']));
      expect(files).toBe(2);
      expect(stderr).toContain('(shop postgresql 16; blog mysql)');
    }
    for (const paths of [['db'], ['.'], []]) {
      const { said, files } = await findings([...paths, '--engine', 'mysql'], cwd);
      expect(said).toEqual(['db/blog/1_a.sql error drop-table']);
      expect(files).toBe(1);
    }
  });

  it('sets levels by path, and leaves files out that still make the schema', async () => {
    const cwd = workspace({
      [config]: `review:
  paths: [{ path: m/2_b.sql, rules: { drop-table: notice } }]
  paths-ignore: [m/1_a.sql]
`,
      'm/1_a.sql': 'CREATE TABLE orders (code varchar(10)); DROP TABLE old;',
      'm/2_b.sql': "SET lock_timeout = '1s';\nDROP TABLE other;",
      'm/3_c.sql':
        "SET lock_timeout = '1s';\nALTER TABLE orders ALTER COLUMN code TYPE varchar(20);\nDROP TABLE third;",
    });
    const { said, files } = await findings(['m', '--rule', 'sql-lint/trailing-whitespace=off'], cwd);
    expect(files).toBe(2);
    expect(said).toContain('m/2_b.sql notice drop-table');
    expect(said).toContain('m/3_c.sql error drop-table');
    expect(said.join()).not.toMatch(/1_a|column-type-rewrite/);
  });

  it('knows of one file of the configured migrations what its tool does and what was before', async () => {
    const cwd = workspace({
      [config]: 'databases: [{ migrations: m, tool: numbered }]',
      'm/1_a.sql': 'CREATE TABLE orders (code varchar(10)); DROP TABLE old;',
      'm/2_b.sql': "SET lock_timeout = '1s';\nALTER TABLE orders ALTER COLUMN code TYPE varchar(20);",
      'm/3_c.sql': 'CREATE INDEX CONCURRENTLY i ON orders (code); SELECT 1;',
      'm/4_d.sql': 'CREATE TABEL x;',
      'm/other.txt.sql': 'DROP TABLE orders;',
    });
    const second = await findings(['m/2_b.sql'], cwd);
    expect(second).toMatchObject({ code: 0, files: 1 });
    expect(second.said.join()).not.toContain('column-type-rewrite');
    expect((await findings(['m/3_c.sql'], cwd)).said).toContain('m/3_c.sql error concurrent-in-transaction');
    expect((await findings(['m/2_b.sql', 'm/other.txt.sql'], cwd)).said).toContain('m/other.txt.sql error drop-table');
    const typed =
      "SET lock_timeout = '1s';\nALTER TABLE orders ALTER COLUMN code TYPE varchar(30);\nCREATE INDEX i ON orders (code);";
    const args = ['lint', '-', '--stdin-filename', 'm/2_b.sql', '--format', 'json'];
    const report = JSON.parse((await run(args, { cwd, input: typed })).stdout);
    expect(report).toMatchObject({ files: 1, statements: 3 });
    expect(report.findings.map(({ rule }: { rule: string }) => rule)).toContain('require-concurrent-index');
    expect(report.findings.map(({ rule }: { rule: string }) => rule)).not.toContain('column-type-rewrite');
    expect((await findings(['m/2_b.sql', '--no-config'], cwd)).said.join()).toContain('column-type-rewrite');
  });

  it('says a mistake with its place, its value and what is allowed, and lints nothing', async () => {
    const cwd = workspace({
      [config]: 'review:\n  rules: { drop-tabel: off, truncate: fatal }\nplan: { approval: perhaps }\n',
      'a.sql': index,
    });
    const { code, stdout, stderr } = await run(['lint', 'a.sql'], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      'database-lead: .github/database-lead.yml:2:12: review.rules.drop-tabel is "drop-tabel"; allowed: the id of a rule; `database-lead rules` lists them; did you mean drop-table?',
      '.github/database-lead.yml:2:29: review.rules.truncate is "fatal"; allowed: off, error, warning or notice',
      '.github/database-lead.yml:3:9: plan.approval is "perhaps"; allowed: never, destructive or always',
    ]);
    expect((await run(['lint', 'a.sql', '--no-config'], { cwd })).code).toBe(1);
  });

  it.each([
    [['--config', 'missing.yml'], 'cannot read the configuration missing.yml'],
    [['--config', 'x.yml', '--no-config'], '--config and --no-config do not go together'],
    [['--rule', 'drop-table'], '--rule is "drop-table"'],
    [['--rule', 'drop-tabel=off'], 'Did you mean drop-table?'],
    [['--rule', 'drop-table=fatal'], 'Allowed: off, error, warning or notice'],
    [['--min-level', 'eror'], 'Did you mean error?'],
    [['--dry-run'], 'Use it with --fix'],
    [['--fix', '--dry-run', '--format', 'json'], 'both print to standard output'],
  ])('refuses %j', async (args, said) => {
    const { code, stdout, stderr } = await run(['lint', 'a.sql', ...args], { cwd: workspace({ 'a.sql': index }) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
  });

  it('places standard input where --stdin-filename says', async () => {
    const cwd = workspace({ [config]: 'review: { paths-ignore: [old] }' });
    const args = ['lint', '-', '--format', 'json', '--stdin-filename'];
    const there = JSON.parse((await run([...args, 'new/a.sql'], { cwd, input: index })).stdout);
    expect(there.findings[0].file).toBe('new/a.sql');
    const ignored = JSON.parse((await run([...args, 'old/a.sql'], { cwd, input: index })).stdout);
    expect(ignored).toMatchObject({ files: 0, findings: [] });
  });

  it('shows nothing milder than was asked for, and blocks all the same', async () => {
    const cwd = workspace({ 'a.sql': index });
    const { said, code } = await findings(['a.sql', '--min-level', 'error'], cwd);
    expect({ said, code }).toEqual({ said: ['a.sql error require-concurrent-index'], code: 1 });
  });
});
