import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/sql/engine.ts';
import { generalRuleIds } from '../../../src/sql/general/index.ts';
import type { RuleSettings } from '../../../src/sql/lint/levels.ts';
import { lint } from '../../../src/sql/lint.ts';
import { loadParsers } from '../../../src/sql/parsers/index.ts';
import { rules } from '../../../src/sql/rules/index.ts';

beforeAll(loadParsers);

const found = (sql: string, engine: Engine = 'postgresql', rules: RuleSettings['rules'] = {}) =>
  lint([{ file: 'a.sql', sql }], { engine, rules }).findings.filter(({ rule }) => rule.startsWith('sql-lint/'));

const find = (sql: string, engine?: Engine) =>
  found(sql, engine).map(
    ({ rule, line, column, endLine, endColumn }) => `${rule} ${line}:${column}-${endLine}:${endColumn}`,
  );

describe('the general checks', () => {
  it.each<[string, Engine, string, string]>([
    [
      'a name with its kind',
      'postgresql',
      'SELECT 1;\nCREATE TABLE tbl_users (id int)',
      'sql-lint/hungarian-notation 2:14-2:23',
    ],
    ['the same in backquotes', 'mysql', 'CREATE TABLE `tbl_users` (id int)', 'sql-lint/hungarian-notation 1:14-1:25'],
    ['a damaged character', 'postgresql', "INSERT INTO a\nVALUES ('caf\uFFFD')", 'sql-lint/odd-code-point 2:13-2:14'],
    ['a word after LIMIT', 'mysql', 'DELETE FROM a LIMIT abc', 'sql-lint/invalid-limit-quantifier 1:21-1:24'],
    [
      'spaces at the end of a line',
      'postgresql',
      'CREATE TABLE a (  \r\n  id int)',
      'sql-lint/trailing-whitespace 1:17-1:19',
    ],
  ])('finds %s (%s)', (_, engine, sql, expected) => {
    expect(find(sql, engine)).toEqual([expected]);
  });

  it.each<[string, Engine, string]>([
    ['letters inside a name', 'postgresql', 'CREATE TABLE a (resp_code int)'],
    ['letters in a text', 'postgresql', "CREATE TABLE a (x text DEFAULT 'tbl_x')"],
    ['an old name that is only used', 'postgresql', 'ALTER TABLE tbl_users ADD x int'],
    ['spaces in a text', 'postgresql', "CREATE TABLE a (x text DEFAULT 'x  \n')"],
    ['spaces after a comment', 'postgresql', 'CREATE TABLE a ( -- why  \n  x int)'],
    ['a parenthesis in a text', 'postgresql', "CREATE VIEW v AS SELECT '('"],
    [
      'kinds of objects that sql-lint does not know',
      'postgresql',
      'CREATE EXTENSION pgcrypto; DROP TYPE x; ALTER INDEX i RENAME TO j',
    ],
    ['a placeholder after LIMIT', 'mysql', 'SELECT 1 FROM a LIMIT ?'],
    ['an expression after LIMIT', 'postgresql', 'SELECT 1 LIMIT ALL'],
    ['what our own rules say', 'postgresql', 'DELETE FROM a'],
    ['a statement that cannot be read', 'postgresql', 'CREATE TABLE tbl_users (((  \n'],
    ['nothing', 'postgresql', ''],
    ['an engine without a parser', 'sqlite', 'CREATE TABLE tbl_users (id int)'],
  ])('is not alarmed by %s (%s)', (_, engine, sql) => {
    expect(find(sql, engine)).toEqual([]);
  });

  it('gives notices, unless another level is configured', () => {
    const sql = 'CREATE TABLE tbl_a (id int)';
    expect(found(sql).map(({ level }) => level)).toEqual(['notice']);
    const id = 'sql-lint/hungarian-notation';
    expect(found(sql, 'postgresql', { [id]: 'error' }).map(({ level }) => level)).toEqual(['error']);
    expect(found(sql, 'postgresql', { [id]: 'off' })).toEqual([]);
  });

  it('obeys ignore comments, about which the rules have nothing to say', () => {
    const sql =
      '-- database-lead: ignore sql-lint/hungarian-notation because the name is old\nCREATE TABLE tbl_a (id int);';
    expect(find(sql)).toEqual([]);
    const { findings, errors } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql' });
    expect(findings.filter(({ rule }) => rule === 'ignore-comment' || rule === 'unused-ignore')).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('has no name in common with a rule', () => {
    expect(generalRuleIds.filter((id) => rules.some((rule) => rule.id === id))).toEqual([]);
  });
});
