import { describe, expect, it } from 'vitest';
import { catalogOf } from '../../src/sql/apply/index.ts';
import { lint } from '../../src/sql/lint.ts';
import { parseMysql } from '../../src/sql/parsers/mysql.ts';

const given = 'CREATE TABLE t (id bigint PRIMARY KEY, a int, b int NOT NULL, KEY i (a));';

function findings(sql: string, engine: 'mysql' | 'mariadb' = 'mysql', rows?: number) {
  const { catalog: before } = catalogOf(engine, [parseMysql(given, engine)]);
  const report = lint([{ file: 'a.sql', sql }], { engine, before, rows: () => rows });
  expect(report.errors).toEqual([]);
  return report.findings;
}

const rulesIn = (sql: string, engine: 'mysql' | 'mariadb' = 'mysql') => findings(sql, engine).map(({ rule }) => rule);

describe('MySQL and MariaDB', () => {
  it.each<[string, readonly string[]]>([
    ['ALTER TABLE t ADD c int, ADD d int, ADD INDEX j (c)', ['online-ddl-clause']],
    ['ALTER TABLE t ADD c int, ALGORITHM=DEFAULT', ['online-ddl-clause']],
    ['ALTER TABLE t ADD c int, ALGORITHM=COPY', []],
    ['ALTER TABLE t ADD c int, LOCK=NONE', []],
    ['ALTER TABLE t ENGINE=InnoDB', ['online-ddl-clause']],
    ['ALTER TABLE t AUTO_INCREMENT=5', []],
    ['ALTER TABLE t ADD PARTITION (PARTITION p VALUES LESS THAN (10))', []],
    ['ALTER TABLE t RENAME INDEX i TO j', []],
    ['DROP INDEX i ON t', ['online-ddl-clause']],
    ['CREATE TABLE u (id int PRIMARY KEY); ALTER TABLE u ADD c int; CREATE INDEX x ON u (c)', []],
    ['ALTER TABLE t ADD c int NOT NULL, ALGORITHM=INSTANT', ['required-column']],
    ['ALTER TABLE t DROP a, ALGORITHM=INSTANT', ['drop-column']],
    ['ALTER TABLE t CHANGE a c int, ALGORITHM=INPLACE', ['rename-column']],
    ['DROP TABLE t', ['drop-table']],
    ['CREATE TABLE u (id int PRIMARY KEY, a int, b int, KEY x (a), KEY y (a, b))', ['redundant-index']],
    ['CREATE TABLE u (id int PRIMARY KEY, a varchar(99), KEY x (a), KEY y (a(9)))', []],
    ['UPDATE t SET a = 1', ['update-without-where']],
    ['UPDATE t SET a = 1 ORDER BY id LIMIT 1000', []],
    ['UPDATE t SET a = 1 WHERE b IS NULL', ['backfill-in-one-statement']],
    ['UPDATE t SET a = 1 WHERE b IS NULL LIMIT 1000', []],
    ['DELETE FROM t', ['delete-without-where']],
    ['DELETE FROM t WHERE a = 1', []],
    ['CREATE TABLE u (a int)', ['require-primary-key']],
    ['CREATE TABLE u (a int NOT NULL, UNIQUE (a))', []],
    ['CREATE TABLE u (a int, UNIQUE (a))', ['require-primary-key']],
    ['CREATE TABLE u LIKE t', []],
    ['CREATE TEMPORARY TABLE u (a int)', []],
    ['CREATE TABLE u (id serial)', []],
  ])('%s', (sql, expected) => {
    expect(rulesIn(sql, 'mysql')).toEqual(expected);
    expect(rulesIn(sql, 'mariadb')).toEqual(expected);
  });

  it.each([
    ['ALTER TABLE t ADD INDEX j (b);', 'ALTER TABLE t ADD INDEX j (b), ALGORITHM=INPLACE, LOCK=NONE'],
    ['CREATE INDEX j ON t (b);', 'CREATE INDEX j ON t (b) ALGORITHM=INPLACE LOCK=NONE'],
    // These are never done in place beside writes, so no replacement promises it.
    ['ALTER TABLE t ADD FULLTEXT INDEX j (a);', undefined],
    ['ALTER TABLE t MODIFY a bigint;', undefined],
    ['ALTER TABLE t ADD c int AUTO_INCREMENT UNIQUE;', undefined],
  ])('offers for %s', (sql, replacement) => {
    expect(findings(sql).map(({ fix }) => fix?.replacement)).toEqual([replacement]);
  });

  it('renames the index of the table that is named, where two have one of that name', () => {
    const two = 'CREATE TABLE u (id int PRIMARY KEY, a int, KEY i (a)); ALTER TABLE t RENAME INDEX i TO j;';
    const { catalog, problems } = catalogOf('mysql', [parseMysql(given, 'mysql'), parseMysql(two, 'mysql')]);
    expect(problems).toEqual([]);
    expect([...catalog.tables.values()].map(({ name, indexes }) => [name.name, indexes[0]?.name])).toEqual([
      ['t', 'j'],
      ['u', 'i'],
    ]);
  });

  it('leaves tables alone that are configured as empty', () => {
    expect(findings('ALTER TABLE t ADD c int', 'mysql', 0)).toEqual([]);
    expect(findings('ALTER TABLE t ADD c int', 'mysql', 1000).map(({ message }) => message)).toEqual([
      'Nothing says how `t` (1,000 rows) may be altered: the server may copy it and block its writes.',
    ]);
  });
});
