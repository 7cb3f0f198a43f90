import { describe, expect, it } from 'vitest';
import { baseCount } from '../../src/cli/base.ts';
import { UsageError } from '../../src/cli/usage.ts';

const migrations = ['0001', '0002', '0003'].map((version) => ({
  version,
  file: `db/${version}_x/migration.sql`,
  sql: '',
  transaction: false,
}));

describe('baseCount', () => {
  it.each([
    ['0', 0],
    ['3', 3],
    ['0002', 2],
    ['0002_x/migration.sql', 2],
    ['./db/0003_x/migration.sql', 3],
  ])('%s', (given, count) => {
    expect(baseCount(given, migrations)).toBe(count);
  });

  it.each([
    ['4', 'no migration is called so'],
    ['-1', 'no migration is called so'],
    ['0009', 'no migration is called so'],
    ['migration.sql', 'which are 3 migrations'],
  ])('%s is refused', (given, why) => {
    expect(() => baseCount(given, migrations)).toThrow(UsageError);
    expect(() => baseCount(given, migrations)).toThrow(why);
  });
});
