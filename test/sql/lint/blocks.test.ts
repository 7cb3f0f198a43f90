import { beforeAll, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const given = 'CREATE TABLE a (id bigint PRIMARY KEY); CREATE TABLE b (id bigint PRIMARY KEY, n int);';

function rulesSaid(sql: string, ...rules: readonly string[]): readonly string[] {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const { findings } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before });
  return findings
    .map(({ rule, line }) => `${rule} ${line}`)
    .filter((said) => rules.some((rule) => said.startsWith(rule)));
}

it('holds a block to be one transaction, with the places of its statements', () => {
  const sql = `DO $$ BEGIN
    ALTER TABLE a ADD COLUMN x int;
    UPDATE b SET n = 1;
    CREATE INDEX CONCURRENTLY i ON b (n);
  END $$;`;
  const said = rulesSaid(sql, 'long-statement-under-lock', 'concurrent-in-transaction');
  expect(said).toEqual(expect.arrayContaining(['long-statement-under-lock 3', 'concurrent-in-transaction 4']));
});

it('forgets after a block what it held and what it set for itself', () => {
  const block = "DO $$ BEGIN PERFORM set_config('lock_timeout', '2s', true); ALTER TABLE a ADD COLUMN x int; END $$;";
  expect(rulesSaid(`${block}\nUPDATE b SET n = 1;`, 'long-statement-under-lock')).toEqual([]);
  expect(rulesSaid(`${block}\nALTER TABLE a ADD COLUMN y int;`, 'missing-lock-timeout')).toEqual([
    'missing-lock-timeout 2',
  ]);
});

it('leaves the transaction around a block open', () => {
  const sql = 'BEGIN;\nDO $$ BEGIN ALTER TABLE a ADD COLUMN x int; END $$;\nUPDATE b SET n = 1;\nCOMMIT;';
  expect(rulesSaid(sql, 'long-statement-under-lock')).toEqual(['long-statement-under-lock 3']);
});

it('shows the body of a function only to rules about functions, and takes no note of it', () => {
  const body = 'BEGIN DROP TABLE a; ALTER TABLE b DROP COLUMN n; UPDATE b SET n = 1; GRANT SELECT ON b TO PUBLIC; END';
  const sql = `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ ${body} $$;\nSELECT n FROM b;`;
  expect(rulesSaid(sql, '')).toEqual(['grant-to-public 1']);
});

it('does not take what a function would do for what follows', () => {
  const view = 'CREATE VIEW a AS SELECT * FROM c';
  const rename = "SET lock_timeout = '2s';\nALTER TABLE a RENAME TO c;";
  expect(rulesSaid(`${rename}\n${view};`, 'rename-table')).toEqual([]);
  expect(
    rulesSaid(
      `${rename}\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ${view}; END $$;`,
      'rename-table',
    ),
  ).toEqual(['rename-table 2']);
});

it('obeys a comment in the code of a block, for the whole block and nothing else', () => {
  const comment = '-- database-lead: ignore drop-table because nobody reads it';
  const block = (code: string) => `DO $$ BEGIN\n  ${code}\n  DROP TABLE a;\nEND $$;`;
  const data = `INSERT INTO b (n) VALUES (length($$\n${comment}\n$$));`;
  expect(rulesSaid(block(comment), 'drop-table', 'unused-ignore')).toEqual([]);
  expect(rulesSaid(`${block(comment)}\nDROP TABLE b;`, 'drop-table')).toEqual(['drop-table 5']);
  expect(rulesSaid(`${data}\n${block('NULL;')}`, 'drop-table', 'unused-ignore')).toEqual(['drop-table 6']);
});
