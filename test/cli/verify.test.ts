import { describe, expect, it } from 'vitest';
import { run, workspace } from './workspace.ts';

const history = {
  'm/1_a.up.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);',
  'm/1_a.down.sql': 'DROP TABLE orders;',
  'm/2_b.up.sql': 'ALTER TABLE orders ADD COLUMN note text;',
  'm/2_b.down.sql': 'ALTER TABLE orders DROP COLUMN note;',
};

describe('database-lead verify', () => {
  it('runs what comes after the base up, down and up again', async () => {
    const cwd = workspace(history);
    const args = ['verify', '--migrations', 'm', '--base', '1_a.up.sql'];
    const { code, stdout, stderr } = await run([...args, '--format', 'json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      engine: 'postgresql',
      applied: 2,
      failed: null,
      migrations: [{ file: 'm/2_b.up.sql', error: null }],
      roundTrip: { down: 'ok', differences: [] },
      criteria: [],
    });
    const text = await run(args, { cwd });
    expect(text.stdout).toMatch(/^ran: m\/2_b\.up\.sql .*AccessExclusiveLock/);
    expect(text.stdout).toContain('down and up again: ok');
  });

  it('exits 1 when a migration fails, or does not lead back', async () => {
    const broken = workspace({ ...history, 'm/3_c.up.sql': '\nALTER TABLE missing ADD COLUMN x int;' });
    const failed = await run(['verify', '--migrations', 'm'], { cwd: broken });
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain('m/3_c.up.sql:2: relation "missing" does not exist (42P01)');
    const oneWay = workspace({ ...history, 'm/2_b.down.sql': 'SELECT 1;' });
    const back = await run(['verify', '--migrations', 'm', '--base', '1'], { cwd: oneWay });
    expect(back.code).toBe(1);
    expect(back.stdout).toMatch(/down and up again: (?:failed|not where it began)/);
  });

  it('exits 2 when nothing was run', async () => {
    const { code, stdout, stderr } = await run(['verify', '--migrations', 'm', '--engine', 'mysql'], {
      cwd: workspace(history),
    });
    expect(code).toBe(2);
    expect(stdout).toBe('not executed: no MySQL server configured\n');
    expect(stderr).toContain('not executed');
  });

  it.each([
    [[], 'no migrations named', 'Usage: database-lead verify'],
    [['m'], '"m" belongs to no option', 'Usage: database-lead verify'],
    [['--migrations', 'm', '--base', '3'], '--base is "3"', 'Use a number from 0 to 2'],
    [['--migrations', 'bin'], 'bin/1_a.up.sql: the file is binary', 'Every migration must be readable'],
  ])('%j names the mistake and the remedy', async (args, mistake, remedy) => {
    const cwd = workspace({ ...history, 'bin/1_a.up.sql': '\0' });
    const { code, stdout, stderr } = await run(['verify', ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(mistake);
    expect(stderr).toContain(remedy);
  });
});
