import { describe, expect, it } from 'vitest';
import type { MigrationTexts, Tool } from '../../../src/sql/history/history.ts';
import { readAlone, readMigration } from '../../../src/sql/history/read.ts';

const entry = { version: '1', name: 'a', up: 'm/1_a.up.sql', down: 'm/1_a.down.sql' };
const index = 'CREATE INDEX CONCURRENTLY i ON t (a);';

describe('readMigration', () => {
  it.each<[string, Tool, MigrationTexts, boolean]>([
    ['one statement is sent alone', 'golang-migrate', { up: `-- why; because\n${index}\n` }, false],
    ['several statements are one transaction', 'golang-migrate', { up: `SET lock_timeout = '1s';\n${index}` }, true],
    ['a semicolon in a text separates nothing', 'golang-migrate', { up: "INSERT INTO t VALUES ('a;b');" }, false],
    ['nothing needs none', 'golang-migrate', { up: '' }, false],
    ['one statement is sent alone', 'prisma', { up: index }, false],
    ['several are one transaction', 'prisma', { up: `${index}${index}` }, true],
    ['a transaction for each', 'diesel', { up: index }, true],
    ['unless its metadata says no', 'diesel', { up: index, metadata: 'run_in_transaction = false\n' }, false],
    ['a transaction for each', 'flyway', { up: 'ALTER TABLE t ADD a int;' }, true],
    ['unless no statement can run in one', 'flyway', { up: `SET lock_timeout = 0; ${index} VACUUM t;` }, false],
    ['and one for a mixture, in which it fails', 'flyway', { up: `${index} ALTER TABLE t ADD a int;` }, true],
    ['unless its configuration says no', 'flyway', { up: 'SELECT 1;', metadata: 'executeInTransaction=false' }, false],
    ['a transaction for each', 'dbmate', { up: '-- migrate:up\nSELECT 1;' }, true],
    ['unless it says no', 'dbmate', { up: `-- migrate:up transaction:false\n${index}` }, false],
    [
      'but several statements are one message',
      'dbmate',
      { up: `-- migrate:up transaction:false\n${index}\n${index}` },
      true,
    ],
    ['a transaction for each', 'goose', { up: `-- +goose Up\n${index}` }, true],
    ['unless it says no', 'goose', { up: `-- +goose NO TRANSACTION\n-- +goose Up\n${index}\n${index}` }, false],
    ['one statement may be alone', 'numbered', { up: index }, false],
    ['several are taken for one message', 'numbered', { up: `${index}\n${index}` }, true],
    ['unless it says no', 'numbered', { up: `-- no-transaction\n${index}` }, false],
    ['several are one all the same', 'numbered', { up: `-- no-transaction\n${index}\n${index}` }, true],
    ['a transaction for each', 'sqlx', { up: index }, true],
    ['a transaction for each', 'atlas', { up: index }, true],
    [
      'unless its head says no',
      'atlas',
      { up: `-- Adds an index.\n-- atlas:txmode none\n\n${index}\n${index}` },
      false,
    ],
    ['not where it is said later', 'atlas', { up: `SELECT 1;\n-- atlas:txmode none\n${index}` }, true],
    ['Atlas is recognised by its mark', 'numbered', { up: `-- atlas:txmode none\n${index}\n${index}` }, false],
    ['a transaction for each', 'node-pg-migrate', { up: `-- Up Migration\n${index}` }, true],
    ['node-pg-migrate is recognised by its marks', 'numbered', { up: `-- Up Migration\n${index}` }, true],
    ['goose is recognised by its marks', 'numbered', { up: `-- +goose Up\n${index}` }, true],
    ['dbmate is recognised by its marks', 'numbered', { up: `-- migrate:up transaction:false\n${index}` }, false],
  ])('%s (%s)', (_, tool, texts, transaction) => {
    expect(readMigration(entry, tool, texts).transaction).toBe(transaction);
  });

  it('takes both files as they are', () => {
    expect(readMigration(entry, 'golang-migrate', { up: 'SELECT 1;\n', down: 'SELECT 2; SELECT 3;' })).toEqual({
      version: '1',
      file: 'm/1_a.up.sql',
      tool: 'golang-migrate',
      sql: 'SELECT 1;\n',
      transaction: false,
      inOneMessage: true,
      downFile: 'm/1_a.down.sql',
      down: 'SELECT 2; SELECT 3;',
      downTransaction: true,
    });
  });

  it.each<[Tool, string, string, string]>([
    [
      'goose',
      '-- +goose Up\r\n-- +goose StatementBegin\r\nSELECT 1;\r\n-- +goose StatementEnd\r\n\r\n-- +goose Down\r\nSELECT 2;\r\n',
      '\n\nSELECT 1;\r\n\n\r\n\n\n',
      '\n\n\n\n\n\nSELECT 2;\r\n',
    ],
    ['goose', '-- +GOOSE up\nSELECT 1;\n-- +goose down\nSELECT 2;', '\nSELECT 1;\n\n', '\n\n\nSELECT 2;'],
    [
      'dbmate',
      '-- head\n-- migrate:up\nSELECT 1;\n-- migrate:down transaction:false\nSELECT 2;\n',
      '\n\nSELECT 1;\n\n\n',
      '\n\n\n\nSELECT 2;\n',
    ],
    [
      'numbered',
      '-- +migrate Up notransaction\nSELECT 1;\n-- +migrate Down\nSELECT 2;',
      '\nSELECT 1;\n\n',
      '\n\n\nSELECT 2;',
    ],
  ])('keeps the lines of both sections (%s)', (tool, up, sql, down) => {
    const migration = readMigration({ version: '1', name: 'a', up: 'm/1_a.sql' }, tool, { up });
    expect(migration).toMatchObject({ sql, down, file: 'm/1_a.sql', downFile: 'm/1_a.sql' });
  });

  it('keeps a text without any mark whole, rather than lose it', () => {
    expect(readMigration(entry, 'goose', { up: 'SELECT 1;' }).sql).toBe('SELECT 1;');
    expect(readMigration(entry, 'dbmate', { up: 'SELECT 1;' }).sql).toBe('SELECT 1;');
  });
});

it('keeps the way back that stands beside a file with marks', () => {
  const texts = { up: `-- atlas:txmode none\n${index}`, down: 'DROP INDEX CONCURRENTLY i;' };
  expect(readMigration(entry, 'numbered', texts)).toMatchObject({ transaction: false, down: texts.down });
});

it.each(['\n', '--\n', '-- ', ' \t', '--x:', '-- -'])(
  'looks for marks in many a %j in no time to speak of',
  (piece) => {
    expect(readAlone('a.sql', piece.repeat(300_000)).tool).toBeUndefined();
    const goose = `-- +goose Up ${piece.repeat(300_000)}x`;
    expect(readAlone('a.sql', goose).sql.split('\n')).toHaveLength(goose.split('\n').length);
  },
);

describe('a text on its own', () => {
  it.each([
    ['m/0001_a.up.sql', 'golang-migrate', true],
    ['V2__a.sql', 'flyway', true],
    ['prisma/migrations/20240102030405_a/migration.sql', 'prisma', true],
    ['migrations/2024-01-02-030405_a/up.sql', undefined, false],
    ['m/0001_a.sql', undefined, false],
    ['<stdin>', undefined, false],
  ])('%s is read as its name tells', (file, tool, transaction) => {
    const alone = readAlone(file, 'SELECT 1; SELECT 2;');
    expect([alone.tool, alone.transaction, alone.version]).toEqual([tool, transaction, '']);
    expect(alone).not.toHaveProperty('down');
  });

  it.each([
    ['-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;', 'goose', false, true],
    ['-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\nSELECT 2;', 'dbmate', false, true],
    ['-- Up Migration\nSELECT 1;\n\n-- Down Migration\nSELECT 2;', 'node-pg-migrate', true, true],
    ['-- atlas:txmode none\n\nSELECT 1;', 'atlas', false, false],
    ['-- no-transaction\nSELECT 1;', 'sqlx', false, false],
    ['SELECT 1;\n---- create above / drop below ----\nSELECT 2;', undefined, true, true],
    ['---- tern: disable-tx ----\nSELECT 1;', undefined, false, false],
    ['-- // a word\nSELECT 1;\n\n-- //@UNDO\nSELECT 2;', undefined, true, true],
    ['-- +micrate Up\nSELECT 1;\n-- +micrate Down\nSELECT 2;', undefined, true, true],
    ['-- rambler up\nSELECT 1;\n-- rambler down\nSELECT 2;', undefined, true, true],
    ['# --- !Ups\nSELECT 1;\n# --- !Downs\nSELECT 2;', undefined, false, true],
    ['SELECT 1;\n--> statement-breakpoint\nSELECT 3;', undefined, true, false],
    ['--liquibase formatted sql\n--changeset me:1\nSELECT 1;', undefined, true, false],
    ['--liquibase formatted sql\n--changeset me:1 runInTransaction:false\nSELECT 1;', undefined, false, false],
    ['--liquibase formatted sql\n--changeset me:1\nSELECT 1;\n--changeset me:2\nSELECT 2;', undefined, false, false],
    ['SELECT 1; -- migrate: up', undefined, false, false],
  ])('%j is read as the tool with those marks runs it', (sql, tool, transaction, hasDown) => {
    const alone = readAlone('a.sql', sql);
    expect(alone).toMatchObject({ file: 'a.sql', transaction });
    expect(alone.tool).toBe(tool);
    expect(alone.sql.trim()).toContain('SELECT 1;');
    expect(alone.down?.trim()).toBe(hasDown ? 'SELECT 2;' : undefined);
  });
});
