import type { Repository, RunFacts } from '../../github/port.ts';
import * as messages from '../../messages/index.ts';
import { act } from '../act.ts';
import { canWrite } from '../authority.ts';
import type { Shop } from '../jobs.ts';
import { type Key, keyText } from '../key.ts';
import { enter } from '../look.ts';
import { observePull } from '../observe/pull.ts';
import { aggregateName, attemptOf, checkNames, queuedAgain, verifyName } from './runs.ts';
import { reportOf } from './verdict.ts';

type Asked = Extract<Key, { kind: 'asked' }>;

/**
 * Turns what a person pressed beside a check run into state on GitHub, from which everything else follows: a run that is queued
 * again, or a comment. Doing it twice changes nothing, for both carry the id of the run that was pressed.
 */
export async function pressed(key: Asked, shop: Shop): Promise<void> {
  const { repository } = await enter(key, shop);
  const permission = await repository.permission(key.by);
  if (!canWrite({ login: key.by, permission, roles: [] }))
    return shop.log.info({ key: keyText(key), permission }, 'asked for by somebody without write access: left');
  const subjects = await subjectsAt(key, repository);
  // A run that is queued on a commit that nobody looks at any more would hang for ever.
  if (subjects.length === 0) return shop.log.info({ key: keyText(key) }, 'nothing open has this commit for its head');
  if (key.wish === 're-run' || key.wish === 're-verify') await runAgain(key, repository);
  else for (const subject of subjects) if (subject.kind === 'pull') await answer(key, subject.number, shop);
  for (const subject of subjects) await shop.store.queue.add('pass', keyText(subject));
}

/** The open pull requests, or the merge group, with this head. An event about a fork's push does not name them. */
async function subjectsAt({ owner, repo, head }: Asked, repository: Repository) {
  const pulls = await repository.pullsWithHead(head);
  if (pulls.length > 0) return pulls.map((number) => ({ kind: 'pull', owner, repo, number }) as const);
  const groups = (await repository.groups()).filter((group) => group.head === head);
  return groups.map((group) => ({ kind: 'group', owner, repo, ...group }) as const);
}

/** Queues new runs in place of those that are over; a run that waits or goes on is being done anyway. */
async function runAgain(key: Asked, repository: Repository): Promise<void> {
  const runs = await repository.checks(key.head);
  const writes = namesOf(key, runs).flatMap((name) => {
    const all = runs.filter((run) => run.name === name);
    const latest = all.at(-1);
    if (latest === undefined || latest.status !== 'completed') return [];
    const attempt = String(key.run === 'all' ? latest.id : key.run);
    return all.some((run) => attemptOf(run) === attempt) ? [] : [queuedAgain(latest, attempt)];
  });
  if (writes.length > 0) await repository.publishChecks(writes);
}

/** The aggregate is nothing by itself: to run it again is to run what it is put together from. */
function namesOf({ run, wish }: Asked, runs: readonly RunFacts[]): readonly string[] {
  if (run === 'all') return checkNames;
  if (wish === 're-verify') return [verifyName];
  const name = runs.find(({ id }) => id === run)?.name;
  if (name === undefined) return [];
  return name === aggregateName ? checkNames : [name];
}

/** Answers a button with one comment, which says what it says of the pull request as it is now. */
async function answer(key: Asked, number: number, shop: Shop): Promise<void> {
  const { repository, codec, senses } = await enter(key, shop);
  const picture = await observePull(number, senses);
  if (picture === undefined) return;
  const standing = picture.findings.filter(({ key }) => !picture.dismissals.has(key));
  const findings = standing.map(({ finding }) => finding);
  const failures = picture.reviews.flatMap((review) => {
    const failed = reportOf(picture, review)?.failed;
    return failed == null ? [] : [{ database: review.database.name, ...failed }];
  });
  const text =
    key.wish === 'explain' ? messages.findingsExplained({ findings, failures }) : messages.ignoring(key.by, findings);
  const post = { id: `${key.wish}/${key.run}`, text, data: {} };
  const world = { repository, codec, askForEvidence: async () => undefined };
  await act({ kind: 'post-comment', why: `${key.by} asked for it`, issue: number, post }, world);
}
