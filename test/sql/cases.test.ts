import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../src/sql/apply/index.ts';
import { lint } from '../../src/sql/lint.ts';
import { loadParsers, parse } from '../../src/sql/parsers/index.ts';
import { harmful } from './cases/harmful.ts';
import { harmless } from './cases/harmless.ts';

beforeAll(loadParsers);

const schema = readFileSync(new URL('./cases/schema.sql', import.meta.url), 'utf8');
const timeouts = "SET lock_timeout = '2s';\nSET statement_timeout = '1min';\n";

function said(sql: string, transaction: boolean) {
  const before = catalogOf('postgresql', [parse(schema, 'postgresql')]).catalog;
  const report = lint([{ file: 'a.sql', sql: `${timeouts}${sql};\n`, transaction }], {
    engine: 'postgresql',
    before,
    known: 'sure',
  });
  expect(report.errors).toEqual([]);
  return report.findings;
}

describe('what the specialists warn of', () => {
  it.each(
    harmful.map(([peers, sql, rules, transaction]) => ({ peers, sql, rules, transaction: transaction !== undefined })),
  )('$peers: $sql', ({ sql, rules, transaction }) => {
    const found = said(sql, transaction).map(({ rule }) => rule);
    for (const rule of rules) expect(found).toContain(rule);
  });
});

describe('what harms nobody', () => {
  it.each(harmless.map(([why, sql, transaction]) => ({ why, sql, transaction: transaction !== undefined })))(
    '$why: $sql',
    ({ sql, transaction }) => {
      expect(said(sql, transaction).map(({ rule, level }) => `${level} ${rule}`)).toEqual([]);
    },
  );
});
