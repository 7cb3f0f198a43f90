import type { Actor, Site } from '../site.ts';
import type { CheckSuite } from '../state/check.ts';
import { nextId } from '../state/ids.ts';
import type { Repository } from '../state/repository.ts';
import { checkSuiteView } from '../views/check.ts';
import { reaches } from './access.ts';

/** The suite of an App at a commit, if there is one. */
export function findSuite(site: Site, repository: Repository, appId: number, sha: string): CheckSuite | undefined {
  for (const suite of site.world.checkSuites.values())
    if (suite.appId === appId && suite.headSha === sha && suite.repositoryId === repository.id) return suite;
  return undefined;
}

/** The suite of an App at a commit, made when it is not there yet. */
export function ensureSuite(
  site: Site,
  repository: Repository,
  appId: number,
  sha: string,
  branch: string | null,
  before: string | null,
): CheckSuite {
  const known = findSuite(site, repository, appId, sha);
  if (known) return known;
  const now = site.now();
  const suite: CheckSuite = {
    id: nextId(site.world, 'CheckSuite'),
    repositoryId: repository.id,
    appId,
    headSha: sha,
    headBranch: branch,
    before,
    runIds: [],
    createdAt: now,
    updatedAt: now,
  };
  site.world.checkSuites.set(suite.id, suite);
  return suite;
}

/** After a push, every installed App that may write checks gets a suite and is asked to fill it. */
export async function openSuites(
  site: Site,
  actor: Actor,
  repository: Repository,
  branch: string,
  before: string | null,
  after: string,
): Promise<void> {
  for (const installation of site.world.installations.values()) {
    if (installation.account !== repository.owner || !reaches(installation.permissions, 'checks', 'write')) continue;
    if (installation.repositorySelection === 'selected' && !installation.repositoryIds.includes(repository.id))
      continue;
    if (findSuite(site, repository, installation.appId, after)) continue;
    const suite = ensureSuite(site, repository, installation.appId, after, branch, before);
    await tellSuite(site, actor, repository, suite, 'requested');
  }
}

/** Tells about a suite; `requested` and `rerequested` concern only the App that owns it. */
export async function tellSuite(site: Site, actor: Actor, repository: Repository, suite: CheckSuite, action: string) {
  await site.emit({
    event: 'check_suite',
    action,
    repository,
    actor,
    needs: ['checks', 'read'],
    ...(action === 'completed' ? {} : { onlyApp: suite.appId }),
    payload: async () => ({ check_suite: await checkSuiteView(site, suite) }),
  });
}
