import { beforeAll, describe, expect, it } from 'vitest';
import { directiveIn } from '../../../src/sql/lint/directives.ts';
import { atlas, eugene, squawk, strongMigrations } from '../../../src/sql/lint/peers.ts';
import { type LintOptions, lint } from '../../../src/sql/lint.ts';
import { loadParsers } from '../../../src/sql/parsers/index.ts';
import { rules } from '../../../src/sql/rules/index.ts';

beforeAll(loadParsers);

const subjects = ['unused-ignore', 'ignore-comment', 'drop-table', 'delete-without-where'];

function said(sql: string, options: Partial<LintOptions> = {}): readonly string[] {
  const { findings } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', ...options });
  return findings.filter(({ rule }) => subjects.includes(rule)).map(({ line, rule }) => `${line} ${rule}`);
}

const ignore = (rule: string) => `-- database-lead: ignore ${rule} because it is meant`;

describe('comments that suppress nothing', () => {
  it.each([
    ['what it suppresses is there', `SELECT 1;\n${ignore('drop-table')}\nDROP TABLE a;`, []],
    ['nothing is there', `SELECT 1;\n${ignore('drop-table')}\nDROP VIEW a;`, ['2 unused-ignore']],
    [
      'it is one of two',
      `SELECT 1;\n${ignore('drop-table, delete-without-where')}\nDROP TABLE a;`,
      ['2 unused-ignore'],
    ],
    ['no statement follows', `DROP TABLE a;\n\n${ignore('drop-table')}`, ['1 drop-table', '3 unused-ignore']],
    ['of the whole file, used once', `${ignore('drop-table')}\n\nSELECT 1;\nDROP TABLE a;`, []],
    ['of the whole file, never', `${ignore('drop-table')}\n\nSELECT 1;`, ['1 unused-ignore']],
    ['of a rule that looks at more than the file', `SELECT 1;\n${ignore('unknown-object')}\nDROP VIEW a;`, []],
    ['of a rule for another engine', `SELECT 1;\n${ignore('online-ddl-clause')}\nDROP VIEW a;`, []],
    ["of a peer's rule", 'SELECT 1;\n-- squawk-ignore ban-drop-table\nDROP VIEW a;', []],
    ["of a peer's rule that we have not", 'SELECT 1;\n-- squawk-ignore ban-everything\nDROP VIEW a;', []],
    ['of a general check', `SELECT 1;\n${ignore('sql-lint/trailing-whitespace')}\nDROP VIEW a;`, []],
  ])('%s', (_, sql, expected) => expect(said(sql)).toEqual(expected));

  it('is not said of what is switched off', () => {
    const sql = `SELECT 1;\n${ignore('drop-table')}\nDROP VIEW a;`;
    expect(said(sql, { rules: { 'drop-table': 'off' } })).toEqual([]);
    expect(said(sql, { rules: { 'unused-ignore': 'off' } })).toEqual([]);
  });

  it('is said of what looks around, where the schema is known', () => {
    expect(said(`SELECT 1;\n${ignore('unknown-object')}\nSELECT 2;`, { known: 'sure' })).toEqual(['2 unused-ignore']);
  });
});

describe("peers' names", () => {
  const ids = new Set(rules.map(({ id }) => id));
  const all = Object.entries({ squawk, eugene, atlas, strongMigrations });

  it.each(all.flatMap(([peer, table]) => Object.entries(table).map(([name, own]) => ({ peer, name, own }))))(
    '$peer $name stands for rules that exist: $own',
    ({ own }) => {
      expect(own.filter((id) => !ids.has(id))).toEqual([]);
    },
  );

  it.each([
    ['-- squawk-ignore ban-drop-table, prefer-robust-stmts', ['drop-table', 'not-repeatable']],
    ['/* squawk-ignore-file renaming-column */', ['rename-column']],
    ['-- squawk-ignore', 'all'],
    ['-- eugene: ignore E6, E9', ['require-concurrent-index', 'missing-lock-timeout']],
    ['-- eugene: ignore', 'all'],
    ['-- atlas:nolint', 'all'],
    ['-- atlas:nolint DS102 BC1', ['drop-table', 'rename-table', 'rename-column']],
    ['-- atlas:nolint NM', Array.from({ length: 6 }, () => 'naming')],
    ['-- squawk-ignore constructor', []],
  ])('%s', (comment, expected) => expect(directiveIn(comment)?.rules).toEqual(expected));
});
