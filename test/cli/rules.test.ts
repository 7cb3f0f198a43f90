import { describe, expect, it } from 'vitest';
import { generalChecks } from '../../src/sql/general/checks.ts';
import { rules } from '../../src/sql/rules/index.ts';
import { run } from './workspace.ts';

describe('database-lead rules', () => {
  it('lists every rule and general check below its category, a line each', async () => {
    const { code, stdout } = await run(['rules']);
    expect(code).toBe(0);
    const groups = stdout.trimEnd().split('\n\n').slice(0, -1);
    const listed = groups.flatMap((group) => {
      const [category, ...lines] = group.split('\n');
      return lines.map((line) => `${category}/${line.split(' ', 1)[0]}`);
    });
    const all = [...rules, ...generalChecks.map(({ id, category }) => ({ id: `sql-lint/${id}`, category }))];
    expect(listed.toSorted()).toEqual(all.map(({ id, category }) => `${category}/${id}`).toSorted());
  });

  it('prints them as JSON', async () => {
    const all = JSON.parse((await run(['rules', '--format', 'json'])).stdout);
    expect(all).toHaveLength(rules.length + generalChecks.length);
    const one = JSON.parse((await run(['rules', 'drop-table', '--format', 'json'])).stdout);
    expect(one).toMatchObject({ id: 'drop-table', level: 'error', category: 'data-loss', optIn: false, options: {} });
    expect(all).toContainEqual(one);
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
