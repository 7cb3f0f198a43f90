import type { MigrationTexts } from '../history.ts';
import { hasSeveralStatements, sentWhole } from '../sections.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import { golangMigrate } from './golang-migrate.ts';
import { type Directions, type MigrationTool, writePlain } from './tool.ts';

const withoutTransaction = /^\uFEFF?--[ \t]*no-transaction\b/;

/** Whether the text says that sqlx is to open no transaction. */
export function isSqlx(text: string): boolean {
  return withoutTransaction.test(text);
}

/**
 * `20240102030405_name.sql`, or the same with `.up.sql` and `.down.sql` (sqlx-cli, README). Each file runs in a transaction unless
 * it begins with `-- no-transaction`; even then it is sent in one message, which makes several statements one transaction.
 */
export const sqlx: MigrationTool = {
  id: 'sqlx',
  firstVersion: 'timestamp',
  part: (path) => golangMigrate.part(path) ?? flatPart(path),
  compare: flatCompare,
  read: readSqlx,
  paths: (naming) => (naming.reversible ? golangMigrate.paths(naming) : flatPaths(naming)),
  write({ up, down, transaction }, paths) {
    const said = (sql: string) => (transaction ? sql : `-- no-transaction\n${sql}`);
    return writePlain({ up: said(up), down: said(down), transaction }, paths);
  },
};

export function readSqlx(texts: MigrationTexts): Directions {
  const { inOneMessage, ...whole } = sentWhole(texts);
  const isSent = isSqlx(texts.up);
  const { down } = texts;
  return {
    ...whole,
    transaction: !isSent || whole.transaction,
    ...(isSent ? { inOneMessage } : {}),
    tool: 'sqlx',
    ...(down === undefined ? {} : { downTransaction: !isSqlx(down) || hasSeveralStatements(down) }),
  };
}
