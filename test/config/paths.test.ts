import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { isIgnored, settingsByPath } from '../../src/config/paths.ts';
import { rowsIn } from '../../src/config/sizes.ts';

const { config, problems } = parseConfig(`
databases: [{ tables: { orders: { rows: 5 }, audit.log: { rows: 7 }, public.users: { rows: 9 }, empty: {} } }]
review:
  rules: { drop-table: warning, truncate: off }
  paths:
    - { path: db/legacy, rules: { drop-table: off } }
    - { path: "**/*.seed.sql", rules: { truncate: notice } }
    - { path: db/legacy/kept.sql, rules: { drop-table: error } }
  paths-ignore: [vendor/, "./old/2019*", "!odd"]
`);

describe('settingsByPath', () => {
  it('lays what matches a file over what holds everywhere, the later the stronger', () => {
    expect(problems).toEqual([]);
    const at = settingsByPath(config);
    const levels = (path: string) => at(path).rules;
    expect(levels('db/1.sql')).toEqual({ 'drop-table': 'warning', truncate: 'off' });
    expect(levels('db/legacy/deep/1.sql')).toEqual({ 'drop-table': 'off', truncate: 'off' });
    expect(levels('db/legacy/kept.sql')).toEqual({ 'drop-table': 'error', truncate: 'off' });
    expect(levels('db/legacy/a.seed.sql')).toEqual({ 'drop-table': 'off', truncate: 'notice' });
    expect(at('db/1.sql')).toBe(at('db/2.sql'));
  });
});

describe('isIgnored', () => {
  it.each([
    ['vendor/a.sql', true],
    ['old/2019_a.sql', true],
    ['old/2020_a.sql', false],
    ['!odd', true],
    ['odd', false],
  ])('%s: %s', (path, ignored) => {
    expect(isIgnored(config, path)).toBe(ignored);
  });
});

describe('rowsIn', () => {
  it.each([
    [{ name: 'orders' }, 5],
    [{ schema: 'shop', name: 'orders' }, 5],
    [{ schema: 'audit', name: 'log' }, 7],
    [{ name: 'log' }, undefined],
    [{ name: 'users' }, 9],
    [{ name: 'empty' }, undefined],
    [{ name: 'constructor' }, undefined],
  ])('%j: %s', (table, rows) => {
    expect(rowsIn(config.databases[0] ?? { tables: {} })(table)).toBe(rows);
  });
});
