import { Forbidden, type PullSnapshot, type Repository, type RunFacts } from '../../github/port.ts';
import { queuedChecks } from './runs.ts';

/**
 * Has the checks of a head stand there as queued before anything slow is done about it, so that nobody takes their absence for
 * consent. Gives our runs as they stand from then on.
 */
export async function announceChecks(
  repository: Repository,
  head: string,
  runs: readonly RunFacts[],
): Promise<readonly RunFacts[]> {
  const missing = queuedChecks(head, runs);
  if (missing.length === 0 || repository.without.has('checks')) return runs;
  try {
    return [...runs, ...(await repository.publishChecks(missing))];
  } catch (error) {
    // It will be refused once more when there is something to say, and that is told to people.
    if (error instanceof Forbidden) return runs;
    throw error;
  }
}

/** The same for a pull request. A closed one gets no new runs. */
export function announcePull(repository: Repository): (pull: PullSnapshot) => Promise<readonly RunFacts[]> {
  return async ({ state, head, checks }) =>
    state === 'closed' ? checks : announceChecks(repository, head.sha, checks);
}
