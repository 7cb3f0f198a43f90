import { type Config, parseConfig } from '../../config/config.ts';
import type { ChangedFile, PullSnapshot, RunFacts } from '../../github/port.ts';
import { currentAttempt, verifyName } from '../checks/runs.ts';
import type { Given, PullPicture, Schema } from '../observed.ts';
import { NotYet } from '../pace.ts';
import { explainRequest } from '../replies.ts';
import { placedFindings } from '../review/findings.ts';
import { dismissalsOf, matched } from '../review/threads.ts';
import { everywhere } from '../task-body.ts';
import { completed, pullAndFiles } from './changed-files.ts';
import { configPath } from './config-path.ts';
import { evidenceFor } from './evidence.ts';
import { meanwhile } from './meanwhile.ts';
import { tasksNamedBy } from './named-tasks.ts';
import { overlapsOf } from './overlaps.ts';
import { givenCommands, people, unseenTeams } from './people.ts';
import { placeOf, type Senses } from './request.ts';
import { reviewsOf } from './reviews.ts';
import { findingThreads } from './threads.ts';

/**
 * Everything about a pull request, read once. `undefined`: it is gone. `announce` is told of the pull request as soon as it is known,
 * and gives our check runs on its head as they stand from then on; `wait` gives how many seconds it is to be left alone, which ends
 * in a {@link NotYet}.
 */
export async function observePull(
  number: number,
  senses: Senses,
  announce: (pull: PullSnapshot) => Promise<readonly RunFacts[]> = async ({ checks }) => checks,
  wait: (pull: PullSnapshot) => number = () => 0,
): Promise<PullPicture | undefined> {
  let readAt = senses.clock.now();
  const snapshot = senses.repository.pull(number, [configPath]).finally(() => {
    readAt = senses.clock.now();
  });
  const announced = snapshot.then((pull) => (pull === undefined ? [] : announce(pull)));
  return meanwhile(announced, async () => {
    const found = await pullAndFiles(senses.repository, number, snapshot, senses.memory.listings);
    if (found === undefined) return undefined;
    const seconds = wait(found.pull);
    if (seconds > 0) throw new NotYet(seconds, found.pull);
    return { ...(await pictureOf(found, announced, senses)), readAt };
  });
}

async function pictureOf(
  { pull, listed }: { readonly pull: PullSnapshot; readonly listed: readonly ChangedFile[] },
  announced: Promise<readonly RunFacts[]>,
  senses: Senses,
): Promise<Omit<PullPicture, 'readAt'>> {
  const { repository, codec, clock } = senses;
  const { config, problems } = parseConfig(pull.files.get(configPath));
  const configProblems = [...problems, ...unseenTeams(config, repository.without)];
  const tasks = await tasksNamedBy(pull, repository, codec(everywhere));
  const isLookedAt = pull.state !== 'closed' && pull.repository.unreadable !== true;
  const { files, cut } = isLookedAt ? await completed(repository, pull, listed) : { files: listed, cut: false };
  const { reviews, schema } = isLookedAt
    ? await reviewsOf(pull.base.sha, files, { config, tasks, attempt: currentAttempt(pull.checks, verifyName) }, senses)
    : { reviews: [], schema: undefined };

  const { posts, commands, threads } = await conversation(pull, config, senses);
  const findings = matched(placedFindings(reviews, files), threads);
  const { overlaps, touches } = await overlapsOf(
    pull,
    reviews,
    `${repository.owner}/${repository.repo}`,
    senses.evidence,
  );
  return {
    now: clock.now(),
    place: placeOf(repository, pull),
    config,
    configProblems,
    pull,
    files,
    filesCut: cut,
    reviews,
    tasks,
    commands,
    posts,
    ...(schema === undefined ? {} : { schema }),
    checks: await announced,
    threads,
    findings,
    dismissals: dismissalsOf(findings, threads, posts, commands),
    overlaps,
    touches,
    evidence: await evidenceFor(senses.evidence, [
      ...explained(commands, schema),
      ...reviews.map(({ verification }) => verification.digest),
    ]),
  };
}

/** What was said on the pull request and in our threads, by us and by people whose word counts. */
async function conversation(
  pull: PullSnapshot,
  config: Config,
  { repository, codec }: Senses,
): Promise<Pick<PullPicture, 'posts' | 'commands' | 'threads'>> {
  const personOf = people(repository, config);
  const { read } = codec(pull.number);
  const [commands, threads] = await Promise.all([
    givenCommands(pull.comments, repository.bot, personOf),
    findingThreads(pull, codec(pull.number), repository.bot, personOf),
  ]);
  return { posts: pull.comments.flatMap((comment) => read(comment) ?? []), commands, threads };
}

/** The digests of the queries that people asked to have explained. */
function explained(commands: readonly Given[], schema: Schema | undefined): readonly string[] {
  return commands.flatMap(({ command }) =>
    command.kind === 'explain' && command.sql !== undefined && schema !== undefined
      ? [explainRequest(schema, command.sql).digest]
      : [],
  );
}
