import type { Log } from '../../kernel/log.ts';
import type { Design } from '../../planner/evidence.ts';
import { designOnRows, type OnRows } from './design-on-rows.ts';
import type { WalkOptions, WalkOutcome } from './walk.ts';

/**
 * A plan whose steps stand by phase; where it does not hold so, on the same rows, the one whose steps stand goal by goal, if that does: something
 * stood in need of the order that was there before.
 */
export async function designByPhase(
  log: Log,
  on: (inOrderOfGoals: boolean, data: WalkOptions['data']) => Promise<WalkOutcome>,
): Promise<Design> {
  const { reordered, ...byPhase } = await designOnRows((data) => on(false, data));
  if (reordered !== true || holds(byPhase)) return bare(byPhase);
  log.info({ proof: byPhase.proof }, 'the steps do not hold in the order of their phases');
  const byGoal = await designOnRows((data) => on(true, data));
  return bare(holds(byGoal) || byPhase.proof.failure !== undefined ? byGoal : byPhase);
}

/** Whether a plan came where it was to, and back, on the rows that were made up first, and is such as our own rules would have it. */
function holds({ plan, proof, isOnOtherRows = false }: OnRows): boolean {
  const { failure, differences, findings = [], reachedDesired, reverted } = proof;
  if (failure !== undefined || reverted === false || findings.length > 0 || isOnOtherRows) return false;
  return plan.unsupported.length > 0 || (reachedDesired && differences.length === 0);
}

function bare({ reordered: _reordered, isOnOtherRows: _isOnOtherRows, ...design }: OnRows): Design {
  return design;
}
