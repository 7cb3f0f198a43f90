import type { Advice, Trial } from '../advice.ts';
import type { Candidates } from '../recipes/optimize.ts';

/** What was tried for a query, and what came of it. */
export interface Choice {
  /** Absent: no index that can be had is worth its writes. */
  readonly best?: Trial;
  /** The next ones that would have been worth theirs, cheapest first. */
  readonly rejected: readonly Trial[];
}

/** An index is paid for at every write: saving less than this part of the query's cost is not worth it. */
const leastSaved = 0.2;
/** What saves nearly as much as the best, and is not many times slower, is as good; the smallest of those is chosen. */
const asGood = { saved: 0.95, times: 10 };
const mostRejected = 2;

/**
 * The best of what was tried: of all that save nearly as much as the cheapest plan, one that serves the query whatever it is
 * called with before one that a parameter would defeat, and then the smallest.
 */
export function choose({ before, trials, candidates }: Advice, { indexes }: Candidates): Choice {
  const worth = trials
    .filter(({ cost, candidates: there, used }) => used.length === there.length && saved(cost) >= leastSaved)
    .toSorted((a, b) => a.cost - b.cost);
  const most = saved(worth[0]?.cost ?? before.cost);
  const good = worth.filter(
    ({ cost }) => saved(cost) >= asGood.saved * most && cost <= asGood.times * (worth[0]?.cost ?? 0),
  );
  const fragile = (trial: Trial) => (trial.candidates.some((at) => indexes[at]?.constant !== undefined) ? 1 : 0);
  const bytes = (trial: Trial) => trial.candidates.reduce((sum, at) => sum + (candidates[at]?.bytes ?? 0), 0);
  const [best] = good.toSorted((a, b) => fragile(a) - fragile(b) || bytes(a) - bytes(b));
  const rejected = worth.filter((trial) => trial !== best).slice(0, mostRejected);
  return { rejected, ...(best === undefined ? {} : { best }) };

  function saved(cost: number): number {
    return before.cost > 0 ? 1 - cost / before.cost : 0;
  }
}
