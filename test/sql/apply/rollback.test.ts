import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

describe('what a transaction takes back', () => {
  it.each<[string, string, readonly string[]]>([
    ['everything since BEGIN', 'CREATE TABLE a (); BEGIN; CREATE TABLE b (); DROP TABLE a; ROLLBACK', ['public.a']],
    [
      'what follows a savepoint',
      'BEGIN; CREATE TABLE a (); SAVEPOINT s; CREATE TABLE b (); ROLLBACK TO s; COMMIT',
      ['public.a'],
    ],
    ['nothing that was committed', 'BEGIN; CREATE TABLE a (); COMMIT; ROLLBACK', ['public.a']],
    ['nothing without a transaction', 'CREATE TABLE a (); ROLLBACK', ['public.a']],
    ['not what comes after', 'BEGIN; CREATE TABLE a (); ROLLBACK; CREATE TABLE b ()', ['public.b']],
    [
      'what follows an outer savepoint of the same name, once the inner is released by it',
      'BEGIN; SAVEPOINT s; CREATE TABLE a (); ROLLBACK TO s; CREATE TABLE b (); ROLLBACK TO s; CREATE TABLE c (); COMMIT',
      ['public.c'],
    ],
  ])('is %s', (_, sql, tables) => {
    const { catalog, problems } = catalogOf('postgresql', [parse(sql, 'postgresql')]);
    expect([...catalog.tables.keys()]).toEqual(tables);
    expect(problems).toEqual([]);
  });
});
