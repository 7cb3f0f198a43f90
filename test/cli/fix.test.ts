import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, workspace } from './workspace.ts';

const bad = '\uFEFF-- größe\r\nCREATE INDEX i ON a (b);\r\nSELECT 1;';
const good = bad.replace('INDEX', 'INDEX CONCURRENTLY');

describe('database-lead lint --fix', () => {
  it('writes what it fixed, keeps everything else, and says so', async () => {
    const cwd = workspace({ 'a.sql': bad, 'b.sql': 'SELECT 1;\n' });
    chmodSync(join(cwd, 'a.sql'), 0o640);
    const { code, stdout, stderr } = await run(['lint', 'a.sql', 'b.sql', '--fix'], { cwd });
    expect(readFileSync(join(cwd, 'a.sql'), 'utf8')).toBe(good);
    expect(statSync(join(cwd, 'a.sql')).mode & 0o777).toBe(0o640);
    expect(readdirSync(cwd)).toEqual(['a.sql', 'b.sql']);
    expect(stderr).toContain('fixed a.sql:2: require-concurrent-index: ');
    expect(stdout).not.toContain('error:');
    expect(code).toBe(0);
  });

  it('shows a diff and writes nothing with --dry-run', async () => {
    const cwd = workspace({ 'm/1_a.sql': bad });
    const { code, stdout, stderr } = await run(['lint', 'm', '--fix', '--dry-run'], { cwd });
    expect(stdout).toBe(
      [
        '--- a/m/1_a.sql',
        '+++ b/m/1_a.sql',
        '@@ -1,3 +1,3 @@',
        ' -- größe\r',
        '-CREATE INDEX i ON a (b);\r',
        '+CREATE INDEX CONCURRENTLY i ON a (b);\r',
        ' SELECT 1;',
        '\\ No newline at end of file',
        '',
      ].join('\n'),
    );
    expect(stderr).toContain('would fix m/1_a.sql:2');
    expect(readFileSync(join(cwd, 'm/1_a.sql'), 'utf8')).toBe(bad);
    expect(code).toBe(0);
  });

  it('prints standard input fixed, exactly', async () => {
    const { stdout, stderr, code } = await run(['lint', '-', '--fix'], { input: 'CREATE INDEX i ON a (b)' });
    expect(stdout).toBe('CREATE INDEX CONCURRENTLY i ON a (b)');
    expect(stderr).toContain('nothing found');
    expect(code).toBe(0);
    expect((await run(['lint', '-', '--fix'], { input: 'SELECT 1;\n\n' })).stdout).toBe('SELECT 1;\n\n');
  });

  it('prints the report of what is left in another format', async () => {
    const cwd = workspace({ 'a.sql': `${bad}\nDROP TABLE c;` });
    const { code, stdout } = await run(['lint', 'a.sql', '--fix', '--format', 'json'], { cwd });
    const { findings } = JSON.parse(stdout);
    expect(findings.map(({ rule }: { rule: string }) => rule)).toContain('drop-table');
    expect(findings.map(({ rule }: { rule: string }) => rule)).not.toContain('require-concurrent-index');
    expect(code).toBe(1);
  });

  it('fixes nothing that is milder than what is to be shown', async () => {
    const sql = "SET lock_timeout = '1s';\nDROP INDEX i;\nCREATE INDEX j ON a (b);\n";
    const { stdout } = await run(['lint', '-', '--fix', '--min-level', 'error'], { input: sql });
    expect(stdout).toBe(sql.replace('INDEX j', 'INDEX CONCURRENTLY j'));
  });

  it('fixes the section of a tool that goes up, and not its way back', async () => {
    const goose =
      '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX i ON a (b);\n-- +goose Down\nCREATE INDEX j ON a (c);\n';
    const cwd = workspace({ 'm/1_a.sql': goose });
    await run(['lint', 'm', '--fix'], { cwd });
    expect(readFileSync(join(cwd, 'm/1_a.sql'), 'utf8')).toBe(goose.replace('INDEX i', 'INDEX CONCURRENTLY i'));
  });

  it('does not fix what would fail in the transaction of its tool', async () => {
    const sql = 'CREATE INDEX i ON a (b);\nSELECT 1;\n';
    const cwd = workspace({ 'm/1_a.sql': sql, 'm/2_b.sql': '' });
    await run(['lint', 'm', '--fix'], { cwd });
    expect(readFileSync(join(cwd, 'm/1_a.sql'), 'utf8')).toBe(sql);
  });

  it('leaves a file alone that is not understood, and fixes the others', async () => {
    const broken = 'CREATE INDEX i ON a (b);\nCREATE TABEL x;\n';
    const cwd = workspace({ 'a.sql': broken, 'b.sql': bad });
    const { code } = await run(['lint', 'a.sql', 'b.sql', '--fix'], { cwd });
    expect(code).toBe(2);
    expect(readFileSync(join(cwd, 'a.sql'), 'utf8')).toBe(broken);
    expect(readFileSync(join(cwd, 'b.sql'), 'utf8')).toBe(good);
  });

  it('leaves a read-only file as it is, says so, and fixes the others', async () => {
    const cwd = workspace({ 'a.sql': bad, 'b.sql': bad.replace('i ON a', 'j ON c') });
    chmodSync(join(cwd, 'a.sql'), 0o444);
    const { code, stdout, stderr } = await run(['lint', 'a.sql', 'b.sql', '--fix', '--format', 'json'], { cwd });
    expect(code).toBe(2);
    expect(readFileSync(join(cwd, 'a.sql'), 'utf8')).toBe(bad);
    expect(readFileSync(join(cwd, 'b.sql'), 'utf8')).toBe(good.replace('i ON a', 'j ON c'));
    expect(readdirSync(cwd)).toEqual(['a.sql', 'b.sql']);
    expect(stderr).toContain('fixed b.sql:2');
    expect(stderr).not.toContain('fixed a.sql');
    const { errors, findings } = JSON.parse(stdout);
    expect(errors).toEqual([
      {
        file: 'a.sql',
        line: 1,
        column: 1,
        message: 'the file is read-only and left as it is: make it writable, or use --dry-run',
      },
    ]);
    const left = findings.filter(({ rule }: { rule: string }) => rule === 'require-concurrent-index');
    expect(left.map(({ file }: { file: string }) => file)).toEqual(['a.sql']);
  });

  it('follows a link and leaves it a link', async () => {
    const cwd = workspace({ 'real/a.sql': bad });
    symlinkSync('real/a.sql', join(cwd, 'link.sql'));
    await run(['lint', 'link.sql', '--fix'], { cwd });
    expect(lstatSync(join(cwd, 'link.sql')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, 'real/a.sql'), 'utf8')).toBe(good);
  });
});
