import { parseConfig } from '../../config/config.ts';
import type { Group, GroupSnapshot, RunFacts } from '../../github/port.ts';
import { currentAttempt, verifyName } from '../checks/runs.ts';
import type { GroupPicture } from '../observed.ts';
import { placedFindings } from '../review/findings.ts';
import { matched } from '../review/threads.ts';
import { changesBetween } from './changed-files.ts';
import { configPath } from './config-path.ts';
import { evidenceFor } from './evidence.ts';
import { meanwhile } from './meanwhile.ts';
import { observePull } from './pull.ts';
import { placeOf, type Senses } from './request.ts';
import { reviewsOf } from './reviews.ts';

/**
 * Everything about a merge group: what it brings to its base, by the configuration of that base. Criteria of tasks are not among
 * it, for each was checked on its own pull request; what people ignored there is ignored here. `undefined`: its commit is gone.
 */
export async function observeGroup(
  group: Group,
  senses: Senses,
  announce: (runs: GroupSnapshot['checks']) => Promise<readonly RunFacts[]> = async (runs) => runs,
): Promise<GroupPicture | undefined> {
  const snapshot = await senses.repository.group(group, [configPath]);
  if (snapshot === undefined) return undefined;
  const announced = announce(snapshot.checks);
  return meanwhile(announced, () => pictureOf(group, snapshot, announced, senses));
}

async function pictureOf(
  group: Group,
  snapshot: GroupSnapshot,
  announced: Promise<readonly RunFacts[]>,
  senses: Senses,
): Promise<GroupPicture> {
  const { repository } = senses;
  const { config, problems } = parseConfig(snapshot.files.get(configPath));
  const isUnreadable = snapshot.repository.unreadable === true;
  const files = isUnreadable
    ? []
    : changesBetween(await repository.tree(group.base), await repository.tree(group.head));
  const terms = { config, tasks: [], attempt: currentAttempt(snapshot.checks, verifyName) };
  const pull = group.pull === undefined ? undefined : await observePull(group.pull, senses);
  const { reviews } = await reviewsOf(group.base, files, terms, senses);
  return {
    pull: { url: snapshot.url, head: { sha: group.head } },
    place: placeOf(repository, snapshot),
    configProblems: problems,
    filesCut: false,
    reviews,
    findings: matched(placedFindings(reviews, files), pull?.threads ?? []),
    dismissals: pull?.dismissals ?? new Map(),
    checks: await announced,
    evidence: await evidenceFor(
      senses.evidence,
      reviews.map(({ verification }) => verification.digest),
    ),
  };
}
