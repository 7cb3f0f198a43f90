import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const schemaOf = (...texts: readonly string[]) =>
  catalogOf(
    'postgresql',
    texts.map((sql) => parse(sql, 'postgresql')),
  );

describe('the search path', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['what is made, in its first schema', ['SET search_path TO app, public; CREATE TABLE t (id int)'], ['app.t']],
    [
      'what is named, where it is',
      ['CREATE TABLE t (id int)', 'SET search_path TO app, public; ALTER TABLE t RENAME TO u'],
      ['public.u'],
    ],
    ['names with a schema, as they are', ['SET search_path TO app; CREATE TABLE public.t (id int)'], ['public.t']],
    ['each file anew', ['SET search_path TO app', 'CREATE TABLE t (id int)'], ['public.t']],
    ['what was set back', ['SET search_path TO app; RESET search_path; CREATE TABLE t (id int)'], ['public.t']],
    [
      'the empty path of a dump',
      ["SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE public.t (id int)"],
      ['public.t'],
    ],
    ['what a role begins with', ['ALTER DATABASE shop SET search_path TO app', 'CREATE TABLE t (id int)'], ['app.t']],
    [
      'a foreign key to a table of another schema of the path',
      ['CREATE TABLE o (id int PRIMARY KEY); SET search_path TO app, public; CREATE TABLE t (o int REFERENCES o)'],
      ['public.o', 'app.t'],
    ],
    [
      'what CREATE SCHEMA makes, and what that names',
      ['CREATE SCHEMA app CREATE TABLE o (id int PRIMARY KEY) CREATE TABLE t (o int REFERENCES o)'],
      ['app.o', 'app.t'],
    ],
    [
      'nothing of temporary tables and of the system',
      ['SET search_path TO app; CREATE TEMPORARY TABLE x (id int); DELETE FROM x; DELETE FROM pg_depend; DROP TABLE x'],
      [],
    ],
  ])('decides on %s', (_, texts, tables) => {
    const { catalog, problems } = schemaOf(...texts);
    expect([...catalog.tables.keys()]).toEqual(tables);
    expect(problems).toEqual([]);
  });

  it('is followed by the rules', () => {
    const before = schemaOf('CREATE SCHEMA app; CREATE TABLE app.t (id bigint PRIMARY KEY, note text)').catalog;
    const sql = 'SET search_path TO app; ALTER TABLE t ALTER COLUMN id SET NOT NULL; DROP TABLE t;';
    const { findings } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', before });
    expect(findings.map(({ rule }) => rule)).toContain('drop-table');
    expect(findings.map(({ rule }) => rule)).not.toContain('set-not-null-scan');
  });
});
