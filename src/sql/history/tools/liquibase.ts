import type { MigrationTexts } from '../history.ts';
import type { Directions } from './tool.ts';

const head = /^\uFEFF?\s*--\s*liquibase\s+formatted\s+sql\b/i;
const changeSet = /^[ \t]*--[ \t]*changeset[ \t]+[^\s:]+:\S+([^\r\n]*)/gim;

/** Whether the text is one of Liquibase's changelogs in SQL. */
export function isLiquibase(text: string): boolean {
  return head.test(text);
}

/**
 * `--liquibase formatted sql`, then `--changeset author:id` before each set of changes (Liquibase documentation, "SQL Changelog
 * Example"). Each set runs in a transaction of its own unless it says `runInTransaction:false`, so only a file of one set is one
 * transaction. The way back stands in comments (`--rollback`), and is not read.
 */
export function readLiquibase({ up }: MigrationTexts): Directions {
  const sets = [...up.matchAll(changeSet)].map(([, options = '']) => options);
  const isOne = sets.length === 1 && !sets.some((options) => /\brunInTransaction:\s*"?false\b/i.test(options));
  return { sql: up, transaction: isOne };
}
