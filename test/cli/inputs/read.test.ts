import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../../src/cli/inputs/read.ts';
import { workspace } from '../workspace.ts';

async function read(files: Readonly<Record<string, string | Uint8Array>>, path = '.', options = {}) {
  const directory = workspace(files);
  const { migrations, ...rest } = await readSources([join(directory, path)], options);
  return { ...rest, directory, files: migrations.map(({ file }) => relative(directory, file)), migrations };
}

describe('readSources', () => {
  it.each([
    ['golang-migrate', { '10_b.up.sql': '', '10_b.down.sql': '', '9_a.up.sql': '' }, ['9_a.up.sql', '10_b.up.sql']],
    ['flyway', { 'V2.10__b.sql': '', 'V2.9__a.sql': '', 'U2.9__a.sql': '' }, ['V2.9__a.sql', 'V2.10__b.sql']],
    [
      'prisma',
      { 'migrations/2_b/migration.sql': '', 'migrations/1_a/migration.sql': '' },
      ['migrations/1_a/migration.sql', 'migrations/2_b/migration.sql'],
    ],
    ['no tool', { '10.sql': '', '9.sql': '', 'a/x.SQL': '', 'readme.md': '' }, ['9.sql', '10.sql']],
    ['names alone', { 'b10.sql': '', 'b9.sql': '', 'readme.md': '' }, ['b9.sql', 'b10.sql']],
    ['other people\u2019s code passed over', { 'b.sql': '', 'node_modules/x/a.sql': '', '.git/a.sql': '' }, ['b.sql']],
  ])('reads a directory of %s in order', async (_tool, files, expected) => {
    expect((await read(files)).files).toEqual(expected);
  });

  it('takes only the way up, in the transaction of its tool, on the lines of its file', async () => {
    const goose = '-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n';
    const { migrations } = await read({ '1_a.sql': goose, '2_b.sql': 'SELECT 1;\nSELECT 2;' });
    expect(migrations.map(({ sql, transaction }) => ({ sql: sql.trimEnd(), transaction }))).toEqual([
      { sql: '\n\nSELECT 1;', transaction: false },
      { sql: 'SELECT 1;\nSELECT 2;', transaction: true },
    ]);
  });

  it.each([
    ['goose', '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;', '\nSELECT 1;'],
    ['dbmate', '-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;', '\nSELECT 1;'],
    ['a byte order mark before', '\uFEFF-- migrate:up\r\nSELECT 1;\r\n', '\nSELECT 1;\r\n'],
    ['no tool', 'SELECT 1;\nSELECT 2;', 'SELECT 1;\nSELECT 2;'],
  ])('reads a file of %s alone', async (_tool, text, expected) => {
    const { migrations } = await read({ 'x.sql': text }, 'x.sql');
    expect(migrations[0]?.sql.trimEnd()).toBe(expected.trimEnd());
  });

  it('chooses among engines by what it was told, and else by what the folders tell', async () => {
    const both = { 'migrations/postgres/1_a.up.sql': '', 'migrations/mysql/1_a.up.sql': '' };
    expect(await read(both)).toMatchObject({ engine: 'postgresql', files: ['migrations/postgres/1_a.up.sql'] });
    expect(await read(both, '.', { engine: 'mysql' })).toMatchObject({ files: ['migrations/mysql/1_a.up.sql'] });
    expect(await read(both, '.', { engine: 'mariadb' })).toMatchObject({ files: ['migrations/mysql/1_a.up.sql'] });
    await expect(read(both, '.', { engine: 'sqlite' })).rejects.toThrow('holds migrations for');
    expect(await read(both, 'migrations/mysql')).toMatchObject({
      engine: 'mysql',
      files: ['migrations/mysql/1_a.up.sql'],
    });
    expect((await read(both)).notes).toEqual([
      expect.stringContaining('migrations for mysql, which were not looked at'),
    ]);
    const others = { 'migrations/sqlite/1_a.up.sql': '', 'migrations/mysql/1_a.up.sql': '' };
    await expect(read(others)).rejects.toThrow(/there are migrations for (mysql and sqlite|sqlite and mysql)/);
  });

  it.each([
    ['binary', new Uint8Array([0x41, 0, 0x42]), 'the file is binary, not SQL text'],
    ['Latin-1', new Uint8Array([0x2d, 0x2d, 0xe9]), 'the file is not UTF-8 text'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x41, 0]), 'the file is UTF-16 text: save it as UTF-8'],
    ['huge', new Uint8Array(16 * 1024 * 1024 + 1).fill(0x20), 'the file is larger than 16 MB and was not looked at'],
  ])('reads the rest beside a file that is %s', async (_what, bytes, message) => {
    const { directory, errors, files } = await read({ 'a.sql': bytes, 'b.sql': '' });
    expect(errors).toEqual([{ file: join(directory, 'a.sql'), line: 1, column: 1, message }]);
    expect(files).toEqual(['b.sql']);
  });

  it('reads nothing twice and follows no circle', async () => {
    const directory = workspace({ 'm/a.sql': '', 'm/b.sql': '' });
    symlinkSync(directory, join(directory, 'm/again'));
    const { migrations } = await readSources([join(directory, 'm'), join(directory, 'm/b.sql')], {});
    expect(migrations.map(({ file }) => relative(directory, file))).toEqual(['m/a.sql', 'm/b.sql']);
  });

  it('reads the way back only when asked', async () => {
    const files = { '1_a.up.sql': 'SELECT 1;', '1_a.down.sql': 'SELECT 2;' };
    expect((await read(files)).migrations[0]).not.toHaveProperty('down');
    expect((await read(files, '.', { down: true })).migrations[0]).toMatchObject({ down: 'SELECT 2;' });
  });
});
