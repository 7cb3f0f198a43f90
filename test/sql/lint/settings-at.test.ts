import { beforeAll, describe, expect, it } from 'vitest';
import type { RuleSettings } from '../../../src/sql/lint/levels.ts';
import { lint } from '../../../src/sql/lint.ts';
import { loadParsers } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const files = [
  { file: 'a.sql', sql: 'CREATE TABLE made (code varchar(10)); CREATE TABEL x; DROP TABLE one;' },
  { file: 'b.sql', sql: "SET lock_timeout = '1s'; DROP TABLE two;" },
  { file: 'c.sql', sql: "SET lock_timeout = '1s'; DROP TABLE three; ALTER TABLE made ALTER code TYPE varchar(20);" },
];

function said(settingsAt: (file: string) => RuleSettings | 'ignored', rules: RuleSettings['rules'] = {}) {
  const report = lint(files, { engine: 'postgresql', deployedApart: true, rules, settingsAt });
  return { ...report, said: report.findings.map(({ file, level, rule }) => `${file} ${level} ${rule}`) };
}

describe('settings by file', () => {
  it('hold for their file alone, and in place of those of the run', () => {
    const at = (file: string): RuleSettings => (file === 'b.sql' ? { rules: { 'drop-table': 'notice' } } : {});
    expect(said(at, { 'drop-table': 'off' }).said).toEqual(
      expect.arrayContaining(['a.sql error drop-table', 'b.sql notice drop-table', 'c.sql error drop-table']),
    );
  });

  it('pass over a file in silence, and keep what it does to the schema', () => {
    const { said: found, files: read, statements, errors } = said((file) => (file === 'a.sql' ? 'ignored' : {}));
    expect(found.filter((each) => each.includes('drop-table'))).toEqual([
      'b.sql error drop-table',
      'c.sql error drop-table',
    ]);
    expect(found.join()).not.toContain('column-type-rewrite');
    expect({ read, statements, errors }).toEqual({ read: 2, statements: 5, errors: [] });
  });
});
