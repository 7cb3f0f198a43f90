import { beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { lint } from '../../../src/sql/lint.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';
import type { RuleOptions } from '../../../src/sql/rule.ts';

beforeAll(loadParsers);

const given = `
  CREATE TABLE users (id bigint PRIMARY KEY, name text);
  CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
  CREATE TYPE mood AS ENUM ('sad');`;

/** Whether the rule, switched on with these options, speaks. */
function speaks(rule: string, sql: string, options: RuleOptions = {}): boolean {
  const before = catalogOf('postgresql', [parse(given, 'postgresql')]).catalog;
  const { errors, findings } = lint([{ file: 'a.sql', sql }], {
    engine: 'postgresql',
    before,
    rules: { [rule]: 'notice' },
    ruleOptions: { [rule]: options },
  });
  expect(errors).toEqual([]);
  return findings.some((finding) => finding.rule === rule);
}

type Row = readonly [sql: string, speaks: boolean, options?: RuleOptions];

const rows: Readonly<Record<string, readonly Row[]>> = {
  naming: [
    ['CREATE TABLE user_names (id bigint)', false],
    ['CREATE TABLE "userNames" (id bigint)', true],
    ['CREATE TABLE a ("Id" bigint)', true],
    ['CREATE TABLE a (id bigint CONSTRAINT "Pk" PRIMARY KEY)', true],
    ['ALTER TABLE users ADD COLUMN "Age" int', true],
    ['ALTER TABLE users RENAME COLUMN name TO "Name"', true],
    ['ALTER TABLE users RENAME TO "Users"', true],
    ['CREATE INDEX "I" ON users (name)', true],
    ['CREATE INDEX ON users (name)', false],
    ['CREATE INDEX users_name_idx ON users (name)', false, { index: '^{table}_{columns}_idx$' }],
    ['CREATE INDEX i ON users (name)', true, { index: '^{table}_{columns}_idx$' }],
    ['CREATE TABLE users2 (id bigint)', true, { table: '^[a-z_]+$' }],
    ['CREATE TABLE t_users (id bigint)', false, { table: '^t_' }],
    [
      'ALTER TABLE orders ADD CONSTRAINT fk_users FOREIGN KEY (user_id) REFERENCES users',
      false,
      { foreignKey: '^fk_' },
    ],
    ['ALTER TABLE orders ADD CONSTRAINT users_fk FOREIGN KEY (user_id) REFERENCES users', true, { foreignKey: '^fk_' }],
    ['CREATE VIEW users_v AS SELECT 1 AS one', true, { view: '^v_' }],
    ["CREATE TYPE state AS ENUM ('a')", true, { other: '_type$' }],
    ['CREATE TABLE abcdef (id bigint)', true, { maxLength: 5 }],
    ['CREATE TABLE "X" (id bigint)', false, { table: '' }],
    // A pattern that cannot be read is the configuration's mistake, and forbids nothing here.
    ['CREATE TABLE a (id bigint)', false, { table: '(' }],
    // The name of a table is no pattern.
    ['CREATE INDEX axb_id ON "a.b" (id)', true, { table: '', index: '^{table}_{columns}$' }],
  ],
  'quoted-identifier': [
    ['CREATE TABLE "Users" (id bigint)', true],
    ['CREATE TABLE a ("order" int)', true],
    ['CREATE TABLE a (time timestamptz, values int, größe int)', false],
    ['CREATE TABLE "users2" ("id" bigint)', false],
    ['ALTER TABLE "Users" ADD COLUMN a int', false],
    ['CREATE INDEX "users-name" ON users (name)', true],
  ],
  'constraint-name': [
    ['CREATE TABLE a (id bigint PRIMARY KEY)', false],
    ['CREATE TABLE a (id bigint PRIMARY KEY)', true, { primaryKeys: true }],
    ['CREATE TABLE a (id bigint UNIQUE)', true],
    ['CREATE TABLE a (id bigint NOT NULL)', false],
    ['ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users', true],
    ['ALTER TABLE users ADD COLUMN a int CHECK (a > 0)', true],
    ['CREATE INDEX ON users (name)', true],
    ['CREATE UNIQUE INDEX i ON users (name); ALTER TABLE users ADD UNIQUE USING INDEX i', false],
  ],
  'require-comment': [
    ['CREATE TABLE a (id bigint)', true],
    ["CREATE TABLE a (id bigint); COMMENT ON TABLE a IS 'x'", false],
    ["CREATE TABLE a (id bigint); COMMENT ON TABLE a IS ''", true],
    ["CREATE TABLE a (id bigint); COMMENT ON TABLE a IS 'x'", true, { columns: true }],
    ["ALTER TABLE users ADD COLUMN a int; COMMENT ON COLUMN users.a IS 'x'", false, { columns: true }],
    ['ALTER TABLE users ADD COLUMN a int', true, { columns: true }],
    ['CREATE TEMP TABLE a (id bigint)', false],
    ["COMMENT ON TABLE users IS 'too long'", true, { maxLength: 5 }],
    ['COMMENT ON TABLE users IS NULL', false],
  ],
  'index-methods': [
    ['CREATE INDEX i ON users USING brin (id)', true],
    ['CREATE INDEX i ON users USING brin (id)', false, { allowed: ['brin'] }],
    ['CREATE INDEX i ON users (id)', false],
  ],
  'max-character-length': [
    ['CREATE TABLE a (b char(21))', true],
    ['CREATE TABLE a (b varchar(2000), c varchar, d text, e numeric(9000))', false],
    ['ALTER TABLE users ALTER name TYPE varchar(300)', true, { varying: 255 }],
    ['ALTER TABLE users ADD COLUMN b varchar(256)', true, { varying: 255 }],
  ],
  collations: [
    ['CREATE TABLE a (b text COLLATE "de_DE")', true],
    ['CREATE TABLE a (b text COLLATE "C")', false],
    ['CREATE TABLE a (b text COLLATE pg_catalog."de_DE")', false, { allowed: ['.*de_DE'] }],
    ['ALTER TABLE users ALTER name TYPE text COLLATE "POSIX"', true],
    ['ALTER TABLE users ALTER name TYPE text', false],
  ],
  'qualified-names': [
    ['CREATE TABLE a (id bigint)', true],
    ['CREATE TABLE app.a (id bigint)', false],
    ['CREATE TEMP TABLE a (id bigint)', false],
    ['CREATE INDEX i ON users (name)', true],
    ['DROP VIEW v', true],
    ['UPDATE users SET name = 1 WHERE id = 1', true],
  ],
  'no-foreign-keys': [
    ['CREATE TABLE a (id bigint REFERENCES users)', true],
    ['ALTER TABLE orders ADD COLUMN a bigint REFERENCES users', true],
    ['CREATE TABLE a (id bigint)', false],
  ],
  'on-delete-cascade': [
    ['CREATE TABLE a (id bigint REFERENCES users ON DELETE CASCADE)', true],
    ['CREATE TABLE a (id bigint REFERENCES users ON UPDATE CASCADE)', false],
  ],
  'no-views': [
    ['CREATE VIEW v AS SELECT 1 AS a', true],
    ['CREATE MATERIALIZED VIEW v AS SELECT 1 AS a', true],
    ['CREATE MATERIALIZED VIEW v AS SELECT 1 AS a', false, { materialized: false }],
  ],
  'no-partitions': [
    ['CREATE TABLE a (id bigint) PARTITION BY HASH (id)', true],
    ['ALTER TABLE orders ATTACH PARTITION users DEFAULT', true],
    ['CREATE TABLE a (id bigint)', false],
  ],
  'no-inherits': [
    ['CREATE TABLE a () INHERITS (users)', true],
    ['ALTER TABLE orders INHERIT users', true],
    ['ALTER TABLE orders NO INHERIT users', false],
    ['CREATE TABLE a (id bigint) PARTITION BY HASH (id); CREATE TABLE b PARTITION OF a DEFAULT', false],
  ],
  'unlogged-table': [
    ['CREATE UNLOGGED TABLE a (id bigint)', true],
    ['ALTER TABLE users SET UNLOGGED', true],
    ['ALTER TABLE users SET LOGGED', false],
  ],
  'no-rules': [
    ['CREATE OR REPLACE RULE r AS ON INSERT TO users DO INSTEAD NOTHING', true],
    ['DROP RULE r ON users', false],
  ],
  'max-columns': [
    ['CREATE TABLE a (b int, c int)', true, { columns: 1 }],
    ['ALTER TABLE users ADD COLUMN a int', true, { columns: 2 }],
    ['ALTER TABLE users ADD COLUMN a int', false, { columns: 3 }],
  ],
  'required-columns': [
    ['CREATE TABLE a (id bigint)', true],
    ['CREATE TABLE a (id bigint); ALTER TABLE a ADD created_at date, ADD updated_at date', false],
    ['CREATE TABLE a (id bigint)', false, { columns: ['id'] }],
    ['CREATE TABLE a (LIKE unknown)', false],
    ['CREATE TEMP TABLE a (id bigint)', false],
  ],
  'column-order': [
    ['CREATE TABLE a (b boolean, c bigint, d text)', true],
    ['CREATE TABLE a (c bigint, b boolean, d text)', false],
    ['CREATE TABLE a (c bigint, b mood, d boolean, e text)', false],
    ['CREATE TABLE a (d boolean, b mood, f mood, c bigint, e text)', false, { bytes: 8 }],
    ['CREATE TABLE a (d unknown, c bigint)', false],
  ],
  'insert-columns': [
    ["INSERT INTO users VALUES (1, 'a')", true],
    ["INSERT INTO users (id, name) VALUES (1, 'a')", false],
    ['INSERT INTO users SELECT id, name FROM users WHERE id = 1', true],
    ['INSERT INTO users DEFAULT VALUES', false],
  ],
  'column-types': [
    ['CREATE TABLE a (b xml)', true],
    ['ALTER TABLE users ADD COLUMN b varchar(300)', true, { disallowed: ['character varying.*'] }],
    ['ALTER TABLE users ADD COLUMN b text', false, { disallowed: ['character varying.*'] }],
    ['ALTER TABLE users ALTER name TYPE varchar(9)', true, { allowed: ['text', 'bigint'] }],
    ['CREATE TABLE a (b text)', false, { allowed: ['text', 'bigint'] }],
    ['CREATE TABLE a (b text)', false, { disallowed: ['('] }],
  ],
  'primary-key-type': [
    ['CREATE TABLE a (id int PRIMARY KEY)', true],
    ['CREATE TABLE a (id int); ALTER TABLE a ADD PRIMARY KEY (id)', true],
    ['CREATE TABLE a (id bigint, b uuid, PRIMARY KEY (id, b))', false],
    ['CREATE TABLE a (id bigserial PRIMARY KEY)', false],
  ],
  'require-not-null': [
    ['CREATE TABLE a (b int)', true],
    ['CREATE TABLE a (b int PRIMARY KEY, c int NOT NULL, deleted_at date)', false],
  ],
  'not-null-default': [
    ['CREATE TABLE a (b int NOT NULL)', true],
    ['ALTER TABLE users ADD COLUMN b int NOT NULL', true],
    [
      'CREATE TABLE a (id bigint PRIMARY KEY, u bigint NOT NULL REFERENCES users, c int NOT NULL DEFAULT 0, d int)',
      false,
    ],
  ],
  'drop-name': [
    ['DROP TABLE users', true],
    ['DROP TABLE users_old', false],
    ['CREATE TABLE a (id bigint); DROP TABLE a', false],
  ],
  'mixed-statements': [
    ['CREATE TABLE a (id bigint); INSERT INTO users (id) VALUES (1)', true],
    ['CREATE TABLE a (id bigint); INSERT INTO a (id) VALUES (1)', false],
    ['SET lock_timeout = 1000; DELETE FROM users WHERE id = 1', false],
  ],
};

describe.each(Object.entries(rows))('%s', (rule, table) => {
  it.each(table.map(([sql, expected, options]) => ({ sql, expected, options: options ?? {} })))(
    '$sql $options: $expected',
    ({ sql, expected, options }) => {
      expect(speaks(rule, sql, options)).toBe(expected);
    },
  );
});

it('names the order of columns that wastes nothing', () => {
  const sql = 'CREATE TABLE a (b boolean, c bigint, d boolean, e bigint)';
  const { findings } = lint([{ file: 'a.sql', sql }], { engine: 'postgresql', rules: { 'column-order': 'notice' } });
  expect(findings.find(({ rule }) => rule === 'column-order')?.message).toBe(
    'Every row of `a` wastes 8 bytes; in this order it would not: `c`, `e`, `b`, `d`.',
  );
});
