import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { isIgnored } from '../../src/config/paths.ts';
import { holders, mayAsk, rolesOf, specialistsFor } from '../../src/config/roles.ts';
import type { Engine } from '../../src/sql/engine.ts';

function config(text: string) {
  const { config, problems } = parseConfig(text);
  expect(problems).toEqual([]);
  return config;
}

const mapped = config('roles: { project-manager: [bob], qa-lead: [bob, acme/quality], devops-lead: [] }');

describe('roles', () => {
  it.each([
    ['BOB', [], ['project-manager', 'qa-lead']],
    ['eve', [], []],
    ['eve', ['Acme/Quality'], ['qa-lead']],
    ['acme', ['other/quality'], []],
  ])('%s in %j holds %j', (login, teams, roles) => {
    expect(rolesOf(mapped, login, teams)).toEqual(roles);
  });

  it('knows who holds a role', () => {
    expect(holders(mapped, 'qa-lead')).toEqual(['bob', 'acme/quality']);
    expect(holders(mapped, 'toString')).toEqual([]);
  });

  it.each([
    ['who holds a role', mapped, 'bob', 'read', true],
    ['nobody else, once roles are mapped', mapped, 'eve', 'admin', false],
    ['anybody with write access while none is', config('roles: { qa-lead: [] }'), 'eve', 'write', true],
    ['nobody without it', config(''), 'eve', 'read', false],
  ])('lets %s ask', (_, settings, login, permission, expected) => {
    expect(mayAsk(settings, login, permission)).toBe(expected);
  });

  it('takes roles that the caller found through teams', () => {
    expect(mayAsk(mapped, 'eve', 'read', ['qa-lead'])).toBe(true);
  });
});

describe('specialistsFor', () => {
  const both =
    'specialists: { all: { engines: ["*"], assignees: [grace] }, my: { engines: [mysql], assignees: [heidi] } }';
  it.each<[string, string, Engine, string, readonly string[]]>([
    ['the one that names the engine', both, 'mysql', 'my', ['heidi']],
    ['the one for all others', both, 'postgresql', 'all', ['grace']],
    [
      'somebody before nobody',
      'specialists: { my: { engines: [mysql] }, all: { assignees: [grace] } }',
      'mysql',
      'all',
      ['grace'],
    ],
    ['the defaults, with nobody', '', 'mariadb', 'mysql-specialist', []],
    ['the defaults, with nobody', '', 'sqlite', 'database-specialist', []],
    ['no specialist at all', 'specialists: {}', 'sqlite', 'database-specialist', []],
  ])('gives %s', (_, text, engine, role, assignees) => {
    expect(specialistsFor(config(text), engine)).toEqual({ role, assignees });
  });
});

describe('isIgnored', () => {
  const settings = config(
    'review: { paths-ignore: ["db/migrations/2019*", "./legacy/", "**/*.seed.sql", "!db/x.sql"] }',
  );
  it.each([
    ['db/migrations/2019_a.sql', true],
    ['db/migrations/2019_a/up.sql', true],
    ['db/migrations/2020_a.sql', false],
    ['legacy/a/b.sql', true],
    ['db/.hidden/a.seed.sql', true],
    ['db/x.sql', false],
    ['anything.sql', false],
  ])('%s: %s', (path, expected) => {
    expect(isIgnored(settings, path)).toBe(expected);
  });

  it('ignores nothing by default', () => {
    expect(isIgnored(config(''), 'a.sql')).toBe(false);
  });
});
