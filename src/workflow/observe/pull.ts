import { type Config, parseConfig } from '../../config/config.ts';
import { isIgnored, settingsByPath } from '../../config/paths.ts';
import { rowsIn } from '../../config/sizes.ts';
import type { ChangedFile, PullSnapshot, Repository, RunFacts, Thread, Tree } from '../../github/port.ts';
import { digest } from '../../kernel/hash.ts';
import { isMigrationPath } from '../../sql/history/find.ts';
import type { History } from '../../sql/history/history.ts';
import { lint } from '../../sql/lint.ts';
import { currentAttempt, verifyName } from '../checks.ts';
import type { DatabaseReview, FindingThread, PullPicture, Schema, TaskOrder } from '../observed.ts';
import { findPost, type PostCodec } from '../post.ts';
import { explainRequest } from '../replies.ts';
import { everywhere } from '../task-body.ts';
import { configPath } from './config-path.ts';
import { evidenceFor } from './evidence.ts';
import { meanwhile } from './meanwhile.ts';
import { lintFiles, mergedMigrations } from './merged.ts';
import { tasksNamedBy } from './named-tasks.ts';
import { givenCommands, people } from './people.ts';
import { placeOf, type Senses } from './request.ts';
import { type Located, loadSchema, locate, readHistory } from './schema.ts';

/**
 * Everything about a pull request, read once. `undefined`: it is gone. `announce` is told of the pull request as soon as it is known,
 * and gives our check runs on its head as they stand from then on.
 */
export async function observePull(
  number: number,
  senses: Senses,
  announce: (pull: PullSnapshot) => Promise<readonly RunFacts[]> = async ({ checks }) => checks,
): Promise<PullPicture | undefined> {
  const snapshot = senses.repository.pull(number, [configPath]);
  const announced = snapshot.then((pull) => (pull === undefined ? [] : announce(pull)));
  return meanwhile(announced, () => pictureOf(number, snapshot, announced, senses));
}

async function pictureOf(
  number: number,
  snapshot: ReturnType<Repository['pull']>,
  announced: Promise<readonly RunFacts[]>,
  senses: Senses,
): Promise<PullPicture | undefined> {
  const { repository, codec, clock } = senses;
  const [pull, files] = await Promise.all([snapshot, changedFiles(repository, number)]);
  if (pull === undefined || files === undefined) return undefined;
  const { config, problems: configProblems } = parseConfig(pull.files.get(configPath));
  const posts = pull.comments.flatMap((comment) => codec(number).read(comment) ?? []);
  const commands = await givenCommands(pull.comments, repository.bot, people(repository, config));
  const tasks = await tasksNamedBy(pull, repository, codec(everywhere));
  const { reviews, schema } =
    pull.state === 'closed' || pull.repository.unreadable === true
      ? { reviews: [], schema: undefined }
      : await reviewsOf(
          pull.base.sha,
          files,
          { config, tasks, attempt: currentAttempt(pull.checks, verifyName) },
          senses,
        );
  const asked = commands.flatMap(({ command }) =>
    command.kind === 'explain' && command.sql !== undefined && schema !== undefined
      ? [explainRequest(schema, command.sql).digest]
      : [],
  );

  return {
    now: clock.now(),
    place: placeOf(repository, pull),
    config,
    configProblems,
    pull,
    files,
    reviews,
    tasks,
    commands,
    posts,
    ...(schema === undefined ? {} : { schema }),
    checks: await announced,
    threads: pull.threads.flatMap((thread) => findingThread(thread, codec(number)) ?? []),
    evidence: await evidenceFor(senses.evidence, [...asked, ...reviews.map(({ verification }) => verification.digest)]),
  };
}

async function changedFiles(repository: Repository, number: number): Promise<readonly ChangedFile[] | undefined> {
  try {
    return await repository.changedFiles(number);
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return undefined;
    throw error;
  }
}

/** What migrations are judged by. */
export interface Terms {
  readonly config: Config;
  readonly tasks: readonly TaskOrder[];
  /** The attempt at verifying that a person asked for. */
  readonly attempt: string | undefined;
}

/** One review for each database whose migrations the files touch, which came to `commit`. */
export async function reviewsOf(
  commit: string,
  files: readonly ChangedFile[],
  terms: Terms,
  senses: Senses,
): Promise<{ readonly reviews: readonly DatabaseReview[]; readonly schema: Schema | undefined }> {
  if (!files.some(({ path }) => path.endsWith('.sql'))) return { reviews: [], schema: undefined };
  const { config } = terms;
  const base = await senses.repository.tree(commit);
  const head = headTree(base, files);
  const reviews: DatabaseReview[] = [];
  let first: Schema | undefined;
  for (const located of locate(config, head)) {
    const touched = files.filter(
      ({ path }) => located.history !== undefined && isMigrationPath(located.history, path) && !isIgnored(config, path),
    );
    if (touched.length === 0) continue;
    const { review, schema } = await reviewOne(located, touched, { base, head }, terms, senses);
    reviews.push(review);
    first ??= schema;
  }
  return { reviews, schema: first };
}

/** The head's files without another request: the base's, with what the pull request changes. */
function headTree(base: Tree, files: readonly ChangedFile[]): Tree {
  const entries = new Map(base.entries.map((entry) => [entry.path, entry]));
  for (const { path, previousPath, status, sha } of files) {
    if (previousPath !== undefined && status === 'renamed') entries.delete(previousPath);
    if (status === 'removed') entries.delete(path);
    else entries.set(path, { path, sha, size: 0 });
  }
  return { entries: [...entries.values()], truncated: base.truncated };
}

async function reviewOne(
  { database, history }: Located,
  touched: readonly ChangedFile[],
  { base, head }: { readonly base: Tree; readonly head: Tree },
  { config, tasks, attempt }: Terms,
  { repository, catalogs }: Senses,
): Promise<{ readonly review: DatabaseReview; readonly schema: Schema }> {
  const paths = new Set(touched.map(({ path }) => path));
  const changed = (history as History).entries.filter(
    ({ up, down }) => paths.has(up) || (down !== undefined && paths.has(down)),
  );
  const before = {
    ...(history as History),
    entries: (history as History).entries.filter((entry) => !changed.includes(entry)),
  };
  const schema = await loadSchema(repository, base, { database, history: before }, catalogs);
  const { migrations, problems } = await readHistory(repository, head, {
    ...(history as History),
    entries: changed,
    problems: [],
  });

  const { engine, version } = database;
  const sources = await lintFiles(migrations, history as History, touched, base, repository);
  const report = lint(sources, {
    engine,
    ...(version === undefined ? {} : { engineVersion: version }),
    before: schema.catalog,
    ...(schema.whole === true ? { known: 'likely' } : {}),
    merged: mergedMigrations(before),
    settingsAt: settingsByPath(config),
    rows: rowsIn(database),
  });
  const criteria = tasks.filter((task) => task.database === database.name).flatMap((task) => task.criteria);
  const removed = touched
    .filter(({ status }) => status === 'removed')
    .map(({ path }) => ({ path, why: 'it was removed' }));
  const input = { base: schema.migrations, migrations, criteria };
  return {
    schema,
    review: {
      database,
      migrations,
      lint: report,
      unread: removed,
      problems: [...schema.problems, ...problems],
      verification: {
        kind: 'verify',
        engine,
        // Whoever asks for another run wants the engine to run, and not what it found the last time.
        digest: `verify:${digest([schema.digest, engine, migrations, criteria, ...(attempt === undefined ? [] : [attempt])])}`,
        input,
      },
    },
  };
}

function findingThread(thread: Thread, codec: PostCodec): FindingThread | undefined {
  const [first, ...replies] = thread.comments;
  const post = first === undefined ? undefined : codec.read(first);
  if (first === undefined || post === undefined || !post.id.startsWith('finding/')) return undefined;
  const key = post.id.slice('finding/'.length);
  const said = replies.flatMap((reply) => codec.read(reply) ?? []);
  return {
    key,
    thread: thread.id,
    comment: first.id,
    resolved: thread.resolved,
    settled: findPost(said, `fixed/${key}`) !== undefined,
  };
}
