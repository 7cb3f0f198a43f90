import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const catalog = (sql: string) => catalogOf('postgresql', [parse(sql, 'postgresql')]).catalog;
const table = (sql: string) => catalog(`CREATE TABLE t (id bigint); ${sql}`).tables.get('public.t');

describe('policies and row security', () => {
  const policy = { name: 'p', command: 'all', permissive: true, roles: ['public'], using: 'id > 0' };
  const made = 'CREATE POLICY p ON t USING (id > 0);';

  it.each([
    [made, [policy]],
    [`${made} ALTER POLICY p ON t TO a WITH CHECK (true);`, [{ ...policy, roles: ['a'], withCheck: 'true' }]],
    [`${made} DROP POLICY p ON t;`, undefined],
    [`${made} ALTER POLICY p ON t RENAME TO q;`, [{ ...policy, name: 'q' }]],
    [
      `${made} CREATE POLICY q ON t FOR SELECT USING (id > 0); DROP POLICY p ON t;`,
      [{ ...policy, name: 'q', command: 'select' }],
    ],
  ])('%s', (sql, policies) => {
    expect(table(sql)?.policies).toEqual(policies);
  });

  it.each([
    ['ALTER TABLE t ENABLE ROW LEVEL SECURITY', { enabled: true, forced: false }],
    ['ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', { enabled: true, forced: true }],
    ['ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t DISABLE ROW LEVEL SECURITY', undefined],
    ['ALTER TABLE t FORCE ROW LEVEL SECURITY; ALTER TABLE t NO FORCE ROW LEVEL SECURITY', undefined],
  ])('%s', (sql, rowSecurity) => {
    expect(table(sql)?.rowSecurity).toEqual(rowSecurity);
  });
});

describe('triggers', () => {
  const trigger = { name: 'a', function: { name: 'f' }, enabled: true };
  const made = 'CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();';

  it.each([
    [made, [trigger]],
    [
      `${made} CREATE OR REPLACE TRIGGER a BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();`,
      [{ ...trigger, function: { name: 'g' } }],
    ],
    [`${made} ALTER TABLE t DISABLE TRIGGER a;`, [{ ...trigger, enabled: false }]],
    [`${made} ALTER TABLE t DISABLE TRIGGER ALL;`, [{ ...trigger, enabled: false }]],
    [`${made} ALTER TRIGGER a ON t RENAME TO b;`, [{ ...trigger, name: 'b' }]],
    [`${made} DROP TRIGGER a ON t;`, undefined],
  ])('%s', (sql, triggers) => {
    expect(table(sql)?.triggers).toEqual(triggers);
  });
});

describe('functions', () => {
  const f = (types: string, rest = '') => `CREATE OR REPLACE FUNCTION f(${types}) RETURNS int ${rest} RETURN 1;`;
  const known = (sql: string) =>
    catalog(sql)
      .functions.get('public.f')
      ?.map(({ arguments: types, searchPath, securityDefiner }) => [types.join(), searchPath, securityDefiner]);

  it.each([
    [
      f('int') + f('text'),
      [
        ['integer', undefined, false],
        ['text', undefined, false],
      ],
    ],
    [f('int') + f('int', 'SECURITY DEFINER'), [['integer', undefined, true]]],
    [`${f('int')} ALTER FUNCTION f(int) SECURITY DEFINER SET search_path = a;`, [['integer', 'a', true]]],
    [`${f('int', 'SET search_path = a')} ALTER FUNCTION f RESET ALL;`, [['integer', undefined, false]]],
    [
      `${f('int') + f('text')} ALTER FUNCTION f(text) SECURITY DEFINER;`,
      [
        ['integer', undefined, false],
        ['text', undefined, true],
      ],
    ],
    [`${f('int') + f('text')} DROP FUNCTION f(int);`, [['text', undefined, false]]],
    [`${f('int')} DROP FUNCTION f;`, undefined],
    [`${f('int')} ALTER FUNCTION f(int) RENAME TO g;`, undefined],
    [
      `CREATE FUNCTION app.g(int) RETURNS int RETURN 1; ALTER FUNCTION app.g(int) SET SCHEMA public; ALTER FUNCTION g RENAME TO f;`,
      [['integer', undefined, false]],
    ],
  ])('%s', (sql, expected) => {
    expect(known(sql)).toEqual(expected);
  });

  it('what stands in a function happens when it is called', () => {
    const sql = 'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE made (a int); END $$';
    expect(catalog(sql).tables.size).toBe(0);
    expect(catalog('DO $$ BEGIN CREATE TABLE made (a int); END $$').tables.size).toBe(1);
  });
});
