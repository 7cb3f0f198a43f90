import { parseConfig } from '../../config/config.ts';
import type { ChangedFile, Group, GroupSnapshot, RunFacts, Tree } from '../../github/port.ts';
import { currentAttempt, verifyName } from '../checks.ts';
import type { GroupPicture } from '../observed.ts';
import { placedFindings } from '../review/findings.ts';
import { configPath } from './config-path.ts';
import { evidenceFor } from './evidence.ts';
import { meanwhile } from './meanwhile.ts';
import { placeOf, type Senses } from './request.ts';
import { reviewsOf } from './reviews.ts';

/**
 * Everything about a merge group: what it brings to its base, by the configuration of that base. Criteria of tasks are not among
 * it, for each was checked on its own pull request. `undefined`: its commit is gone.
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
  const { reviews } = await reviewsOf(group.base, files, terms, senses);
  return {
    pull: { url: snapshot.url, head: { sha: group.head } },
    place: placeOf(repository, snapshot),
    configProblems: problems,
    filesCut: false,
    reviews,
    findings: placedFindings(reviews, files),
    dismissals: new Map(),
    checks: await announced,
    evidence: await evidenceFor(
      senses.evidence,
      reviews.map(({ verification }) => verification.digest),
    ),
  };
}

/**
 * The files in which two commits differ; a file that only changed its path is renamed. Told from their trees, because GitHub's
 * comparison ends after 300 files. How many lines changed is not known, and nobody comments on them.
 */
export function changesBetween(base: Tree, head: Tree): readonly ChangedFile[] {
  const before = new Map(base.entries.map(({ path, sha }) => [path, sha]));
  const after = new Map(head.entries.map(({ path, sha }) => [path, sha]));
  const gone = new Map(base.entries.filter(({ path }) => !after.has(path)).map(({ path, sha }) => [sha, path]));
  const changed = head.entries.flatMap(({ path, sha }): readonly ChangedFile[] => {
    if (before.get(path) === sha) return [];
    if (before.has(path)) return [{ path, sha, status: 'modified', changes: 0 }];
    const previousPath = gone.get(sha);
    if (previousPath === undefined) return [{ path, sha, status: 'added', changes: 0 }];
    gone.delete(sha);
    return [{ path, previousPath, sha, status: 'renamed', changes: 0 }];
  });
  const moved = new Set(changed.flatMap(({ previousPath }) => previousPath ?? []));
  const removed = base.entries.filter(({ path }) => !after.has(path) && !moved.has(path));
  return [...changed, ...removed.map(({ path, sha }) => ({ path, sha, status: 'removed', changes: 0 }) as const)];
}
