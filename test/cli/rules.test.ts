import { describe, expect, it } from 'vitest';
import { generalRuleIds } from '../../src/sql/general/index.ts';
import { rules } from '../../src/sql/rules/index.ts';
import { run } from './workspace.ts';

describe('database-lead rules', () => {
  it('lists every rule and general check, a line each', async () => {
    const { code, stdout } = await run(['rules']);
    expect(code).toBe(0);
    const ids = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ', 1)[0]);
    expect(ids).toEqual([...rules.map(({ id }) => id), ...generalRuleIds]);
  });

  it('explains one with its examples and how to let it pass', async () => {
    const { code, stdout } = await run(['rules', 'require-concurrent-index']);
    expect(code).toBe(0);
    const parts = [
      '(error, locking; postgresql)',
      'Bad (postgresql):',
      'Good:',
      'ignore require-concurrent-index because',
    ];
    for (const part of [...parts, 'Source: ']) expect(stdout).toContain(part);
    expect((await run(['rules', 'sql-lint/odd-code-point'])).stdout).toContain('U+FFFD');
  });

  it('refuses a rule that does not exist, and more than one', async () => {
    const misspelt = await run(['rules', 'drop-tabel']);
    expect(misspelt).toMatchObject({ code: 2, stdout: '' });
    expect(misspelt.stderr).toContain('there is no rule "drop-tabel"\nDid you mean drop-table?');
    expect((await run(['rules', 'drop-table', 'drop-column'])).code).toBe(2);
  });
});
