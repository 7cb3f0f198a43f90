import type { Config } from '../../config/config.ts';
import { isIgnored, settingsByPath } from '../../config/paths.ts';
import { rowsIn } from '../../config/sizes.ts';
import type { ChangedFile, Tree } from '../../github/port.ts';
import { digest } from '../../kernel/hash.ts';
import { isMigrationPath } from '../../sql/history/find.ts';
import type { History, Migration } from '../../sql/history/history.ts';
import { type LintOutcome, lint } from '../../sql/lint.ts';
import type { DatabaseReview, Schema, TaskOrder } from '../observed.ts';
import { silenced } from '../review/findings.ts';
import { lintFiles, mergedMigrations } from './merged.ts';
import type { Senses } from './request.ts';
import { type Located, loadSchema, locate, readHistory } from './schema.ts';

interface Reviews {
  readonly reviews: readonly DatabaseReview[];
  /** The schema of the base branch that questions are answered from. */
  readonly schema: Schema | undefined;
}

/** What migrations are judged by. */
export interface Terms {
  readonly config: Config;
  readonly tasks: readonly TaskOrder[];
  /** The attempt at verifying that a person asked for. */
  readonly attempt: string | undefined;
}

/** One review for each database whose migrations the files touch, which came to the commit `onto`. */
export async function reviewsOf(
  onto: string,
  files: readonly ChangedFile[],
  terms: Terms,
  senses: Senses,
): Promise<Reviews> {
  const submodules = files.filter(isSubmodule);
  if (submodules.length === 0 && !files.some(({ path }) => path.endsWith('.sql')))
    return { reviews: [], schema: undefined };
  const { config } = terms;
  const base = await senses.repository.tree(onto);
  const head = headTree(base, files);
  const reviews: DatabaseReview[] = [];
  let first: Schema | undefined;
  for (const located of locate(config, head)) {
    const touched = files.filter(
      ({ path }) => located.history !== undefined && isMigrationPath(located.history, path) && !isIgnored(config, path),
    );
    const elsewhere = submodules
      .filter(({ path }) => holds(path, located))
      .map(({ path }) => ({ path, why: submodule }));
    if (touched.length + elsewhere.length === 0) continue;
    const { review, schema } = await reviewOne(located, touched, { base, head }, terms, senses);
    reviews.push({ ...review, unread: [...review.unread, ...elsewhere] });
    first ??= schema;
  }
  return { reviews, schema: first };
}

const submodule = 'it is a submodule, and its files are in another repository';

/** GitHub shows a submodule as a file of one line that names the commit (manual, "Working with submodules"). */
function isSubmodule({ patch }: ChangedFile): boolean {
  return /^[-+]Subproject commit [0-9a-f]{40,64}/m.test(patch ?? '');
}

/** Whether a database's migrations are configured to be in that folder. */
function holds(folder: string, { database }: Located): boolean {
  return `${database.migrations ?? ''}/`.replace(/^\.\//, '').startsWith(`${folder}/`);
}

/** The head's files without another request: the base's, with what the pull request changes. */
function headTree(base: Tree, files: readonly ChangedFile[]): Tree {
  const entries = new Map(base.entries.map((entry) => [entry.path, entry]));
  for (const file of files) {
    const { path, previousPath, status, sha } = file;
    if (previousPath !== undefined && status === 'renamed') entries.delete(previousPath);
    if (status === 'removed' || isSubmodule(file)) entries.delete(path);
    else entries.set(path, { path, sha, size: 0 });
  }
  return { entries: [...entries.values()], truncated: base.truncated };
}

async function reviewOne(
  { database, history }: Located,
  touched: readonly ChangedFile[],
  { base, head }: { readonly base: Tree; readonly head: Tree },
  { config, tasks, attempt }: Terms,
  senses: Senses,
): Promise<{ readonly review: DatabaseReview; readonly schema: Schema }> {
  const { repository, memory } = senses;
  const paths = new Set(touched.map(({ path }) => path));
  const all = history?.entries ?? [];
  const changed = all.filter(({ up, down }) => paths.has(up) || (down !== undefined && paths.has(down)));
  const before = history && { ...history, entries: all.filter((entry) => !changed.includes(entry)) };
  const schema = await loadSchema(repository, base, { database, ...(before && { history: before }) }, memory.catalogs);
  const { migrations, problems } =
    history === undefined
      ? { migrations: [], problems: [] }
      : await readHistory(repository, head, { ...history, entries: changed, problems: [] });
  const report =
    history === undefined || before === undefined
      ? lint([], { engine: database.engine })
      : await lintReport({ history, before, migrations, touched, base, schema }, config, senses);

  const { engine } = database;
  const criteria = tasks.filter((task) => task.database === database.name).flatMap((task) => task.criteria);
  const removed = touched.filter(({ status }) => status === 'removed');
  const input = { base: schema.migrations, migrations, criteria };
  const review: Omit<DatabaseReview, 'suppressed'> = {
    database,
    migrations,
    lint: report,
    objects: report.objects,
    touched: report.touched,
    unread: [...removed.map(({ path }) => ({ path, why: 'it was removed' })), ...problems],
    problems: schema.problems,
    verification: {
      kind: 'verify',
      engine,
      // Whoever asks for another run wants the engine to run, and not what it found the last time.
      digest: `verify:${digest([schema.digest, engine, migrations, criteria, ...(attempt === undefined ? [] : [attempt])])}`,
      input,
    },
  };
  return { schema, review: { ...review, suppressed: silenced(review, migrations) } };
}

interface Changed {
  readonly history: History;
  readonly before: History;
  readonly migrations: readonly Migration[];
  readonly touched: readonly ChangedFile[];
  readonly base: Tree;
  readonly schema: Schema;
}

async function lintReport(
  { history, before, migrations, touched, base, schema }: Changed,
  config: Config,
  { repository }: Senses,
): Promise<LintOutcome> {
  const { engine, version } = schema.database;
  return lint(await lintFiles(migrations, history, touched, base, repository), {
    engine,
    ...(version === undefined ? {} : { engineVersion: version }),
    before: schema.catalog,
    ...(schema.whole === true ? { known: 'likely' } : {}),
    merged: mergedMigrations(before),
    settingsAt: settingsByPath(config),
    rows: rowsIn(schema.database),
  });
}
