import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { commands } from '../../src/cli/commands.ts';
import { environment, run, workspace } from './workspace.ts';

const bin = resolve(import.meta.dirname, '../../bin/database-lead.js');

describe('database-lead', () => {
  it('prints help and version on standard output', async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const { usage } of commands) expect(help.stdout).toContain(usage);
    expect((await run(['help', 'rules'])).stdout).toContain('Usage: database-lead rules [RULE]');
    expect((await run(['lint', '--help'])).stdout).toContain('  --fix ');
    expect((await run(['--version'])).stdout).toBe(`${packageJson.version}\n`);
  });

  it.each([
    [[], 'no command given'],
    [['lnt'], 'Did you mean lint?'],
    [['help', 'frobnicate'], 'there is no command "frobnicate"'],
  ])('refuses %j', async (args, said) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
  });

  it('is started by the installed command', async () => {
    const cwd = workspace({ 'a.sql': 'DROP TABLE orders;' });
    const { code, stdout } = await run(['lint', 'a.sql'], { cwd, entry: bin });
    expect(code).toBe(1);
    expect(stdout).toContain('a.sql:1:1: error:');
  });

  it('is started by the installed command also where Node strips types only when asked', () => {
    const { status, stdout } = spawnSync(process.execPath, ['--no-experimental-strip-types', bin, '--version'], {
      env: environment,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${packageJson.version}\n` });
  });

  it.runIf(existsSync('/dev/full'))(
    'says that its report could not be written, and does not call that a finding',
    () => {
      const cwd = workspace({ 'a.sql': 'SELECT 1;' });
      const full = openSync('/dev/full', 'w');
      const cli = resolve(import.meta.dirname, '../../src/cli.ts');
      const { status, stderr } = spawnSync(process.execPath, [cli, 'lint', 'a.sql'], {
        cwd,
        env: environment,
        encoding: 'utf8',
        stdio: ['ignore', full, 'pipe'],
      });
      closeSync(full);
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /^database-lead: standard output cannot be written: ENOSPC.*\nSee that there is room for it\n$/,
      );
    },
  );

  it('lints without loading the server, the engines or MySQL', () => {
    const hooks = `import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) { const found = next(name, context); process.stderr.write(found.url + '\\n'); return found; } });`;
    const cwd = workspace({ 'a.sql': 'SELECT 1;' });
    const preload = `data:text/javascript,${encodeURIComponent(hooks)}`;
    const cli = resolve(import.meta.dirname, '../../src/cli.ts');
    const { stderr, status } = spawnSync(process.execPath, ['--import', preload, cli, 'lint', 'a.sql'], {
      cwd,
      env: environment,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stderr).toContain('/libpg-query/');
    expect(stderr).not.toMatch(
      /\/(?:probot|pglite|pg-boss|node-sql-parser|@octokit|zod|pino|yaml|diff)\/|src\/(?:server|engines|sandbox|workflow)\//,
    );
  });
});
