import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../../src/cli/inputs/read.ts';
import { workspace } from '../workspace.ts';

const files = {
  'm/0001_a.up.sql': 'SELECT 1; SELECT 2;',
  'm/0001_a.down.sql': 'DROP TABLE a;',
  'm/0002_b.up.sql': 'SELECT 1;',
  'm/0002_b.down.sql': '',
  'other/x.sql': '',
  'other/deep/.y.sql': '',
  'other/[id].sql': '',
  'other/notes.md': '',
};

async function read(paths: readonly string[], options = {}) {
  const directory = workspace(files);
  const { migrations } = await readSources(
    paths.map((path) => join(directory, path)),
    options,
  );
  return migrations.map(({ file, transaction }) => [relative(directory, file), transaction]);
}

describe('globs', () => {
  it.each([
    ['other/*.sql', ['other/[id].sql', 'other/x.sql']],
    ['other/**', ['other/[id].sql', 'other/deep/.y.sql', 'other/x.sql']],
    ['**/{x,y}.sql', ['other/x.sql']],
    ['other/[id].sql', ['other/[id].sql']],
    ['{m,none}', ['m/0001_a.up.sql', 'm/0002_b.up.sql']],
    ['oth*', ['other/[id].sql', 'other/deep/.y.sql', 'other/x.sql']],
    ['m/*.up.sql', ['m/0001_a.up.sql', 'm/0002_b.up.sql']],
    ['m/*.sql', ['m/0001_a.up.sql', 'm/0002_b.up.sql']],
  ])('%s', async (pattern, expected) => {
    expect((await read([pattern])).map(([file]) => file)).toEqual(expected);
  });

  it.each([
    ['none/*.sql', 'cannot read'],
    ['m/*.txt', 'matches no .sql file'],
    ['m/0009_*.sql', 'matches no .sql file'],
  ])('%s: %s', async (pattern, said) => {
    await expect(read([pattern])).rejects.toThrow(said);
  });
});

describe('a directory', () => {
  it('holds what links lead to, but not twice, and says what they lead to in vain', async () => {
    const directory = workspace({ 'real.txt': 'SELECT 1;', 'sub/x.sql': 'SELECT 2;' });
    for (const [from, to] of [
      ['linked.sql', 'real.txt'],
      ['folder.sql', 'sub'],
      ['loop', '.'],
      ['nowhere.sql', 'gone.sql'],
      ['itself.sql', 'itself.sql'],
      ['.#open.sql', 'somebody@somewhere.1'],
    ] as const)
      symlinkSync(to, join(directory, from));
    const { migrations, errors } = await readSources([directory], {});
    expect(migrations.map(({ file }) => relative(directory, file))).toEqual(['linked.sql', 'sub/x.sql']);
    expect(errors.map(({ file, message }) => [relative(directory, file), message])).toEqual([
      ['itself.sql', expect.stringContaining('cannot be read: ELOOP')],
      ['nowhere.sql', expect.stringContaining('cannot be read: ENOENT')],
    ]);
  });
});

describe('files that are named one by one', () => {
  it('are read as the migrations that they are, whatever their order, without the way back', async () => {
    const named = ['m/0002_b.up.sql', 'm/0001_a.up.sql', 'm/0001_a.down.sql', 'other/x.sql'];
    expect(await read(named)).toEqual([
      ['m/0001_a.up.sql', true],
      ['m/0002_b.up.sql', false],
      ['other/x.sql', false],
    ]);
  });

  it('are read as they are where nothing tells of a history', async () => {
    expect((await read(['m/0001_a.down.sql', 'other/x.sql'])).map(([file]) => file)).toEqual([
      'm/0001_a.down.sql',
      'other/x.sql',
    ]);
  });
});

describe('texts in place of files', () => {
  it('are read instead, and handed back with the names of their files', async () => {
    const directory = workspace(files);
    const file = join(directory, 'other/x.sql');
    const { migrations, texts } = await readSources([file], { texts: new Map([[file, 'SELECT 3;']]) });
    expect(migrations[0]?.sql).toBe('SELECT 3;');
    expect(texts).toEqual(new Map([[file, 'SELECT 3;']]));
  });
});
