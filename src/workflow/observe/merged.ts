import type { ChangedFile, Repository, Tree } from '../../github/port.ts';
import type { History, Migration } from '../../sql/history/history.ts';
import { readMigration } from '../../sql/history/read.ts';
import type { LintFile, MergedMigration } from '../../sql/lint/files.ts';

/** The migrations of a history as the linter knows those that are not part of the pull request. */
export function mergedMigrations({ entries }: History): readonly MergedMigration[] {
  return entries.map(({ up, down, version }) => ({ file: up, version, reversible: down !== undefined }));
}

/**
 * Migrations of a pull request for the linter: with the text that each has on the base branch, where the pull request changes or
 * renames one that is merged. Asks for those texts only.
 */
export async function lintFiles(
  migrations: readonly Migration[],
  history: History,
  touched: readonly ChangedFile[],
  base: Tree,
  repository: Repository,
): Promise<readonly LintFile[]> {
  const shas = new Map(base.entries.map(({ path, sha }) => [path, sha]));
  const from = new Map(
    touched.flatMap(({ path, previousPath = path }) => {
      const sha = shas.get(previousPath);
      return sha === undefined ? [] : [[path, { file: previousPath, sha }] as const];
    }),
  );
  const wanted = migrations.flatMap(({ file }) => from.get(file)?.sha ?? []);
  const texts = wanted.length === 0 ? new Map<string, string | null>() : await repository.texts(wanted);

  return migrations.map((migration) => {
    const was = from.get(migration.file);
    // Where only the way back is touched, the way forth is what was merged.
    if (was === undefined && shas.has(migration.file)) {
      return { ...migration, merged: { file: migration.file, sql: migration.sql } };
    }
    const text = was === undefined ? undefined : texts.get(was.sha);
    if (was === undefined || typeof text !== 'string') return migration;
    const entry = { version: migration.version, name: '', up: migration.file };
    const { sql } = readMigration(entry, migration.tool ?? history.tool, { up: text });
    return { ...migration, merged: { file: was.file, sql } };
  });
}
