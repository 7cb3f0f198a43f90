import type { Repository, RunFacts } from '../../github/port.ts';
import { messageOf, TerminalError } from '../../kernel/errors.ts';
import * as messages from '../../messages/index.ts';
import { notExecuted } from '../../planner/evidence.ts';
import type { EvidenceRequest } from '../actions.ts';
import type { Evidence } from '../observed.ts';
import { checkNames, concluded } from './runs.ts';

/** After the third failure in a row the checks say that it does not go on. It is tried again all the same. */
const patience = 2;

/** Whether a job that failed so often before, and now once more, is taken for one that will go on failing. */
export function isHopeless(error: unknown, attempt: number): boolean {
  return error instanceof TerminalError || attempt >= patience;
}

/**
 * Ends the checks of a commit that nobody could look at: a required check that says why it is red can be dealt with, one that
 * hangs cannot. What they said before is left as it is; the next look that succeeds replaces it.
 */
export async function concludeUnlooked(
  repository: Repository,
  head: string,
  runs: readonly RunFacts[],
  error: unknown,
): Promise<void> {
  const title = 'Could not be looked at';
  const summary = messages.notLookedAt(reasonOf(error));
  const writes = checkNames.flatMap((name) => {
    const run = runs.findLast((each) => each.name === name);
    if (run?.status === 'completed') return [];
    return [concluded(run ?? { name, head }, { conclusion: 'failure', title, summary })];
  });
  if (writes.length > 0) await repository.publishChecks(writes);
}

/** What may be told in public: our own words, or the status that GitHub answered. Anything else is for the log only. */
function reasonOf(error: unknown): string {
  if (error instanceof TerminalError) return `${messageOf(error)}. ${error.remedy}`;
  const { status } = error as { readonly status?: unknown };
  return typeof status === 'number'
    ? `GitHub answered ${status}`
    : 'An error inside of database-lead, which its log tells of';
}

/** What stands for the evidence that an engine cannot be brought to give; only a verification can say that of itself. */
export function withoutEngine(request: EvidenceRequest, tries: number): Evidence | undefined {
  if (request.kind !== 'verify') return undefined;
  const report = notExecuted(request.engine, `not executed: the scratch engine failed ${tries} times`);
  return { kind: 'verify', report };
}
