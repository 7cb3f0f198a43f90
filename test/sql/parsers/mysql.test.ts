import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/sql/change.ts';
import { parseMysql } from '../../../src/sql/parsers/mysql.ts';

type Dialect = 'mysql' | 'mariadb';

/** The changes of a text without their places. */
function changesIn(sql: string, engine: Dialect = 'mysql'): readonly object[] {
  const { statements, errors } = parseMysql(sql, engine);
  expect(errors).toEqual([]);
  return statements.flatMap(({ changes }) => changes.map(({ span: _, ...change }: Change) => change));
}

const t = { name: 't' };
const column = (name: string, type: string, rest: object = {}) => ({ name, type, nullable: true, ...rest });

describe('columns', () => {
  it.each<[string, object, Dialect?]>([
    ['a INTEGER', column('a', 'int')],
    [
      '`a b` bigint(20) UNSIGNED NOT NULL AUTO_INCREMENT',
      column('a b', 'bigint(20) unsigned', { nullable: false, identity: 'auto-increment' }),
    ],
    [
      "a varchar( 20 ) CHARACTER SET utf8 COLLATE utf8_bin DEFAULT 'it''s' COMMENT 'c\\'d'",
      column('a', 'varchar(20)', { default: { sql: "'it''s'", volatility: 'constant' }, comment: "c'd" }),
    ],
    ['a decimal(10, 2) NULL DEFAULT NULL', column('a', 'decimal(10,2)')],
    ["a enum('x, y', 'z') NOT NULL", column('a', "enum('x, y','z')", { nullable: false })],
    [
      'a timestamp(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)',
      column('a', 'timestamp(3)', { default: { sql: 'CURRENT_TIMESTAMP(3)', volatility: 'stable' } }),
    ],
    [
      'a binary(16) DEFAULT (UUID_TO_BIN(UUID()))',
      column('a', 'binary(16)', { default: { sql: '(UUID_TO_BIN(UUID()))', volatility: 'volatile' } }),
    ],
    ["a bit(1) DEFAULT b'0'", column('a', 'bit(1)', { default: { sql: "b'0'", volatility: 'constant' } })],
    ['a int DEFAULT -1', column('a', 'int', { default: { sql: '-1', volatility: 'constant' } })],
    [
      'a int GENERATED ALWAYS AS (b + 1) STORED',
      column('a', 'int', { generated: { expression: 'b + 1', stored: true } }),
    ],
    ['a point NOT NULL SRID 4326 INVISIBLE', column('a', 'point', { nullable: false })],
    ['a bool', column('a', 'tinyint(1)')],
    ['a double precision', column('a', 'double')],
    ['a int FIRST', column('a', 'int')],
    ["a int COMMENT 'x' AFTER `first`", column('a', 'int', { comment: 'x' })],
    ['a int REFERENCES u (id)', column('a', 'int')],
    ['2fa int', column('2fa', 'int')],
    ['a uuid DEFAULT uuid()', column('a', 'uuid', { default: { sql: 'uuid()', volatility: 'volatile' } }), 'mariadb'],
  ])('ADD %s', (definition, expected, engine = 'mysql') => {
    expect(changesIn(`ALTER TABLE t ADD COLUMN ${definition}`, engine)).toEqual([
      { kind: 'add-column', table: t, column: expected, ifNotExists: false },
    ]);
  });

  it('take their constraints along', () => {
    expect(changesIn('ALTER TABLE t ADD a int UNIQUE CHECK (a > 0) REFERENCES u (id)', 'mariadb').slice(1)).toEqual([
      { kind: 'add-constraint', table: t, inline: 'a', constraint: { kind: 'unique', columns: ['a'] } },
      {
        kind: 'add-constraint',
        table: t,
        inline: 'a',
        constraint: { kind: 'check', expression: 'a > 0', validated: true },
      },
      {
        kind: 'add-constraint',
        table: t,
        inline: 'a',
        constraint: {
          kind: 'foreign-key',
          columns: ['a'],
          references: { name: 'u' },
          referencedColumns: ['id'],
          validated: true,
        },
      },
    ]);
  });
});

describe('CREATE TABLE', () => {
  it('reads columns, constraints, indexes and the comment', () => {
    const sql = `CREATE TABLE IF NOT EXISTS shop.t (
      id bigint, b int, CONSTRAINT PRIMARY KEY (id), UNIQUE KEY u (b), KEY k (b DESC, id), FULLTEXT INDEX f (b), INDEX ((b + 1)),
      CONSTRAINT fk FOREIGN KEY (b) REFERENCES u (id) ON DELETE CASCADE ON UPDATE SET NULL, CHECK (b > 0) NOT ENFORCED
    ) ENGINE=InnoDB COMMENT='what' PARTITION BY HASH (id) PARTITIONS 4`;
    const table = { schema: 'shop', name: 't' };
    const index = { table, method: 'btree', include: [], unique: false };
    expect(changesIn(sql)).toEqual([
      {
        kind: 'create-table',
        table,
        columns: [column('id', 'bigint', { nullable: false }), column('b', 'int')],
        constraints: [
          { kind: 'primary-key', columns: ['id'] },
          { kind: 'unique', name: 'u', columns: ['b'] },
          {
            kind: 'foreign-key',
            name: 'fk',
            columns: ['b'],
            references: { name: 'u' },
            referencedColumns: ['id'],
            onDelete: 'cascade',
            onUpdate: 'set null',
            validated: true,
          },
          { kind: 'check', expression: 'b > 0', validated: false },
        ],
        indexes: [
          { ...index, name: 'k', keys: [{ column: 'b', descending: true }, { column: 'id' }] },
          { ...index, name: 'f', method: 'fulltext', keys: [{ column: 'b' }] },
          { ...index, keys: [{ expression: '(b + 1)' }] },
        ],
        ifNotExists: true,
        temporary: false,
        partitionBy: 'HASH (id) PARTITIONS 4',
      },
      { kind: 'comment', table, comment: 'what' },
    ]);
  });

  it.each([
    ['CREATE TABLE t LIKE u', 'LIKE u'],
    ['CREATE TABLE t (LIKE u)', 'LIKE u'],
    ['CREATE TABLE t AS SELECT * FROM u', 'SELECT * FROM u'],
    ['CREATE TABLE t ENGINE=InnoDB SELECT 1', 'SELECT 1'],
  ])('%s takes its columns from elsewhere', (sql, columnsFrom) => {
    expect(changesIn(sql)).toMatchObject([{ kind: 'create-table', table: t, columnsFrom }]);
  });
});

describe('other definitions', () => {
  const none = { concurrently: false, cascade: false };
  it.each<[string, readonly object[]]>([
    ['ALTER TABLE t DROP a', [{ kind: 'drop-column', table: t, column: 'a', ifExists: false, cascade: false }]],
    [
      'ALTER TABLE t DROP COLUMN IF EXISTS a',
      [{ kind: 'drop-column', table: t, column: 'a', ifExists: true, cascade: false }],
    ],
    ['ALTER TABLE t DROP INDEX i', [{ kind: 'drop-index', index: { name: 'i' }, table: t, ifExists: false, ...none }]],
    [
      'ALTER TABLE t DROP PRIMARY KEY',
      [{ kind: 'drop-constraint', table: t, name: 'PRIMARY', ifExists: false, cascade: false }],
    ],
    [
      'ALTER TABLE t DROP FOREIGN KEY f',
      [{ kind: 'drop-constraint', table: t, name: 'f', ifExists: false, cascade: false }],
    ],
    [
      'ALTER TABLE t MODIFY a text',
      [{ kind: 'change-column-type', table: t, column: 'a', type: 'text', restated: column('a', 'text') }],
    ],
    [
      'ALTER TABLE t CHANGE a b int',
      [
        { kind: 'rename-column', table: t, column: 'a', to: 'b' },
        { kind: 'change-column-type', table: t, column: 'b', type: 'int', restated: column('b', 'int') },
      ],
    ],
    [
      'ALTER TABLE t ALTER a SET DEFAULT 5',
      [{ kind: 'set-default', table: t, column: 'a', default: { sql: '5', volatility: 'constant' } }],
    ],
    ['ALTER TABLE t ALTER COLUMN a DROP DEFAULT', [{ kind: 'drop-default', table: t, column: 'a' }]],
    ['ALTER TABLE t RENAME COLUMN a TO b', [{ kind: 'rename-column', table: t, column: 'a', to: 'b' }]],
    ['ALTER TABLE t RENAME KEY a TO b', [{ kind: 'rename-index', index: { name: 'a' }, table: t, to: 'b' }]],
    ['ALTER TABLE t RENAME u', [{ kind: 'rename-table', table: t, to: 'u' }]],
    [
      'RENAME TABLE t TO d.u, v TO w',
      [
        { kind: 'set-table-schema', table: t, to: 'd' },
        { kind: 'rename-table', table: { schema: 'd', name: 't' }, to: 'u' },
        { kind: 'rename-table', table: { name: 'v' }, to: 'w' },
      ],
    ],
    [
      'ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4',
      [{ kind: 'maintain', what: 'ALTER TABLE ... CONVERT TO', table: t, concurrently: false }],
    ],
    [
      'DROP TABLE IF EXISTS a, b CASCADE',
      [
        { kind: 'drop-table', table: { name: 'a' }, ifExists: true, cascade: false },
        { kind: 'drop-table', table: { name: 'b' }, ifExists: true, cascade: false },
      ],
    ],
    ['DROP DATABASE d', [{ kind: 'drop-schema', schema: 'd', cascade: true }]],
    [
      'CREATE OR REPLACE VIEW v AS SELECT 1',
      [{ kind: 'create-view', view: { name: 'v' }, query: 'SELECT 1', materialized: false, replace: true }],
    ],
    ['CREATE PROCEDURE p() BEGIN SELECT 1; END', [{ kind: 'other', what: 'CREATE PROCEDURE' }]],
    ['OPTIMIZE TABLE t', [{ kind: 'maintain', what: 'OPTIMIZE TABLE', table: t, concurrently: false }]],
    [
      "SET NAMES 'utf8', @@session.sql_mode = ''",
      [
        { kind: 'set', setting: 'names', value: "'utf8'", scope: 'session' },
        { kind: 'set', setting: 'sql_mode', value: "''", scope: 'session' },
      ],
    ],
    ['START TRANSACTION', [{ kind: 'transaction', verb: 'begin' }]],
  ])('%s', (sql, expected) => {
    expect(changesIn(sql)).toEqual(expected);
  });

  it.each([
    ['ALTER TABLE t ADD a int, DROP b, ALGORITHM=INPLACE, LOCK NONE', { algorithm: 'inplace', lock: 'none' }],
    ['ALTER TABLE t ALGORITHM = INSTANT, ADD a int', { algorithm: 'instant' }],
    ['CREATE INDEX i ON t (a) LOCK=SHARED', { lock: 'shared' }],
    ['DROP INDEX i ON t ALGORITHM=INPLACE', { algorithm: 'inplace' }],
    ['ALTER TABLE t ADD a int', undefined],
  ])('%s runs as it says', (sql, online) => {
    const changes = changesIn(sql) as readonly { online?: object }[];
    expect(changes.length).toBeGreaterThan(0);
    for (const change of changes) expect(change.online).toEqual(online);
  });
});

describe('data', () => {
  it.each<[string, readonly object[]]>([
    ['UPDATE t SET a = 1', [{ kind: 'write-data', verb: 'update', table: t }]],
    [
      "UPDATE t x SET a = 'where' WHERE x.b IN (SELECT 1 WHERE 2) LIMIT 5",
      [{ kind: 'write-data', verb: 'update', table: t, where: 'x.b IN (SELECT 1 WHERE 2)' }],
    ],
    ['DELETE FROM t', [{ kind: 'write-data', verb: 'delete', table: t }]],
    [
      'DELETE FROM t WHERE a = 1 ORDER BY a LIMIT 10',
      [{ kind: 'write-data', verb: 'delete', table: t, where: 'a = 1' }],
    ],
    ['DELETE t FROM t JOIN u ON t.a = u.a', [{ kind: 'write-data', verb: 'delete', table: t }]],
    ['UPDATE t SET a = (SELECT b FROM u WHERE c)', [{ kind: 'write-data', verb: 'update', table: t }]],
    [
      'INSERT IGNORE INTO d.t (a) VALUES (1), (2)',
      [{ kind: 'write-data', verb: 'insert', table: { schema: 'd', name: 't' } }],
    ],
    ['REPLACE t SET a = 1', [{ kind: 'write-data', verb: 'insert', table: t }]],
    ['TRUNCATE t', [{ kind: 'write-data', verb: 'truncate', table: t }]],
    ["LOAD DATA LOCAL INFILE 'x' INTO TABLE t", [{ kind: 'write-data', verb: 'copy', table: t }]],
    ['SELECT * FROM t JOIN u', [{ kind: 'query', tables: [t, { name: 'u' }] }]],
  ])('%s', (sql, expected) => {
    expect(changesIn(sql)).toEqual(expected);
  });
});

describe('statements', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'semicolons in texts, names and comments',
      "INSERT INTO t VALUES ('a;\\';b', \"c;\"); -- d;e\n# f;\n/* g; */ SELECT `h;` FROM t",
      ["INSERT INTO t VALUES ('a;\\';b', \"c;\")", 'SELECT `h;` FROM t'],
    ],
    [
      'another delimiter',
      'DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END$$\nDELIMITER ;\nDROP TABLE t;',
      ['CREATE PROCEDURE p() BEGIN SELECT 1; END', 'DROP TABLE t'],
    ],
    [
      'a routine without one',
      'CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.a THEN SET @x = CASE 1 WHEN 1 THEN 2 END; END IF; END; DROP TABLE t',
      [
        'CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.a THEN SET @x = CASE 1 WHEN 1 THEN 2 END; END IF; END',
        'DROP TABLE t',
      ],
    ],
    [
      'a table that is called like one',
      'CREATE TABLE event (begin int); DROP TABLE t',
      ['CREATE TABLE event (begin int)', 'DROP TABLE t'],
    ],
    ['version comments', '/*!40101 SET NAMES utf8 */;\n/* skip; */ DROP TABLE t', ['SET NAMES utf8', 'DROP TABLE t']],
    ['two dashes that are no comment', 'SELECT 5--1; SELECT 2', ['SELECT 5--1', 'SELECT 2']],
    ['nothing at all', ' ;; -- x\n ;', []],
  ])('know %s', (_, sql, expected) => {
    const { statements, errors } = parseMysql(sql, 'mysql');
    expect(errors).toEqual([]);
    expect(statements.map((statement) => statement.sql)).toEqual(expected);
  });

  it('say where they and their changes stand', () => {
    const { statements } = parseMysql('\uFEFF-- x\r\nALTER TABLE t\r\n  ADD a int,\r\n  DROP b; DROP TABLE u', 'mysql');
    expect(statements.map(({ span }) => span)).toEqual([
      { line: 2, column: 1, endLine: 4, endColumn: 9 },
      { line: 4, column: 11, endLine: 4, endColumn: 23 },
    ]);
    expect(statements[0]?.changes.map(({ span }) => span)).toEqual([
      { line: 3, column: 3, endLine: 3, endColumn: 12 },
      { line: 4, column: 3, endLine: 4, endColumn: 9 },
    ]);
  });

  it.each([
    ['an attribute that is not known', 'ALTER TABLE t ADD a int NOT NUL', 1, 25, 'not understood at "NOT"'],
    ['a statement that is none', 'SELECT 1;\n  FROBNICATE t', 2, 3, 'not understood at "FROBNICATE"'],
    ['the end of the text', 'DROP TABLE', 1, 11, 'not understood: it ends too early'],
    ['a query that is none', 'SELECT 1;\nUPDATE t SEET a = 1', 2, 1, 'not understood: this UPDATE could not be read'],
    ['a quote without end', "SELECT 'abc", 1, 8, 'not understood: a quote or comment is never closed'],
    ['a comment without end', 'SELECT 1; /* abc', 1, 11, 'not understood: a quote or comment is never closed'],
    ['a parenthesis without end', 'CREATE TABLE t (a int', 1, 16, 'not understood: a parenthesis is never closed'],
    ['a template', '{{ table }}', 1, 1, 'not understood at "{"'],
    ['words behind the end', 'ALTER TABLE t RENAME COLUMN a TO b c', 1, 36, 'not understood at "c"'],
  ])('say that they do not understand %s, and go on', (_, sql, line, column, message) => {
    const { statements, errors } = parseMysql(`${sql}`, 'mysql');
    expect(errors).toEqual([{ line, column, message }]);
    expect(statements.length).toBe(sql.split(';').length - 1);
  });
});

describe('hostile input', () => {
  it.each([
    ['deep parentheses', `SELECT ${'('.repeat(30_000)}1${')'.repeat(30_000)}`],
    ['open parentheses', `DELETE FROM t WHERE ${'('.repeat(30_000)}`],
    ['a deep default', `ALTER TABLE t ADD a int DEFAULT ${'('.repeat(30_000)}1${')'.repeat(30_000)}`],
    ['many quotes', "'".repeat(100_001)],
    ['many delimiters', `${'DELIMITER $$\n'.repeat(5000)}${'a b c '.repeat(20_000)}`],
    ['a wide table', `CREATE TABLE t (${Array.from({ length: 20_000 }, (_, at) => `c${at} int`).join(',')})`],
    ['many rows', `INSERT INTO t VALUES ${Array.from({ length: 50_000 }, () => "(1, 'x')").join(',')}`],
    ['NUL', 'DROP TABLE t\0; DROP TABLE u'],
  ])('is read to its end: %s', (_, sql) => {
    const { statements, errors } = parseMysql(sql, 'mysql');
    expect(statements.length + errors.length).toBeGreaterThan(0);
  });

  it('never throws, and loses no statement in silence', () => {
    const pieces =
      "ALTER TABLE|t|ADD|DROP|COLUMN|INDEX|(|)|,|;|int|NOT NULL|DEFAULT|'x'|`y`|1|CREATE|SET|=|UPDATE|WHERE|BEGIN|END|/*|*/|--|\n|'|CHANGE|KEY|SELECT|FROM|CONSTRAINT|REFERENCES".split(
        '|',
      );
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 20 }),
        fc.constantFrom('mysql' as const, 'mariadb' as const),
        (words, engine) => {
          const sql = `${words.join(' ')}`;
          const { statements, errors } = parseMysql(sql, engine);
          for (const statement of statements) expect(sql).toContain(statement.sql);
          if (/^(?:ALTER TABLE|DROP|CREATE)/.test(sql)) expect(statements.length + errors.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
