import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { historyFor, isBlank } from '../../../src/cli/plan/history.ts';
import { writeNew } from '../../../src/cli/plan/write.ts';
import { nameNext } from '../../../src/sql/history/next.ts';
import { workspace } from '../workspace.ts';

const clock = { now: () => new Date('2026-11-23T10:34:50.123Z') };
const goose = '-- +goose Up\nSELECT 1;\n-- +goose Down\n';

describe('historyFor', () => {
  it.each<[string, Readonly<Record<string, string>>, string, string | undefined, string, string]>([
    ['the migrations that are there', { 'm/00003_a.sql': goose }, 'm', undefined, 'goose', 'm/00004_b.sql'],
    ['them, for a directory above', { 'db/m/00003_a.sql': goose }, 'db', 'db', 'goose', 'db/m/00004_b.sql'],
    ['them, in another directory', { 'm/00003_a.sql': goose }, 'm', 'new', 'goose', 'new/00004_b.sql'],
    [
      'what another directory holds of them too',
      { 'm/00003_a.sql': goose, 'new/00004_x.sql': goose },
      'm',
      'new',
      'goose',
      'new/00005_b.sql',
    ],
    ['those of the directory', { 'a.sql': '', 'm/00003_a.sql': goose }, 'a.sql', 'm', 'goose', 'm/00004_b.sql'],
    ['nothing', { 'a.sql': '', 'm/schema.sql': '' }, 'a.sql', 'm', 'golang-migrate', 'm/000001_b.up.sql'],
    ['nothing, and nowhere', { 'm/00003_a.sql': goose }, '-', undefined, 'golang-migrate', '000001_b.up.sql'],
    [
      'a folder each',
      { 'm/20240102030405_a/migration.sql': '' },
      'm',
      'm',
      'prisma',
      'm/20261123103450_b/migration.sql',
    ],
  ])('goes on with %s', (_name, files, current, out, tool, next) => {
    const cwd = workspace(files);
    const at = (path: string) => (path === '-' ? path : join(cwd, path));
    const history = historyFor(at(current), out === undefined ? undefined : at(out), 'postgresql');
    expect(history.tool).toBe(tool);
    const { up } = nameNext(history, 'B', clock);
    expect(up).toBe(out === undefined && current === '-' ? next : at(next));
  });

  it('refuses to go on with what it could not write as its tool wants it', () => {
    const cwd = workspace({ 'm/001_a.sql': '-- +migrate Up\nSELECT 1;', 'm/002_b.sql': '-- +migrate Up\nSELECT 1;' });
    expect(() => historyFor(join(cwd, 'm'), undefined, 'postgresql')).toThrow('002_b.sql is written for a tool');
  });

  it('knows a directory in which nothing has begun', () => {
    const cwd = workspace({ 'm/README.md': '', 'n/1_a.sql': '' });
    mkdirSync(join(cwd, 'empty'));
    expect(['m', 'empty', 'n', 'gone'].map((path) => isBlank(join(cwd, path)))).toEqual([true, true, false, false]);
    expect(isBlank('-')).toBe(false);
  });
});

describe('writeNew', () => {
  it('writes all files whole', () => {
    const cwd = workspace({});
    const files = ['m/1/up.sql', 'm/1/down.sql'].map((path) => ({ path: join(cwd, path), text: path }));
    writeNew(files);
    for (const { path, text } of files) expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readdirSync(join(cwd, 'm/1'))).toHaveLength(2);
  });

  it('takes the place of none, and leaves nothing of a try that fails', () => {
    const cwd = workspace({ 'm/2.sql': 'mine', file: '' });
    const at = (path: string) => ({ path: join(cwd, path), text: 'new' });
    expect(() => writeNew([at('m/1.sql'), at('m/2.sql')])).toThrow('m/2.sql is there already');
    expect(() => writeNew([at('m/1.sql'), at('file/3.sql')])).toThrow('cannot write the migrations');
    expect(readFileSync(join(cwd, 'm/2.sql'), 'utf8')).toBe('mine');
    expect(existsSync(join(cwd, 'm/1.sql'))).toBe(false);
    expect(readdirSync(join(cwd, 'm'))).toEqual(['2.sql']);
  });
});
