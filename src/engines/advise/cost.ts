import type { Estimate } from '../../planner/advice.ts';
import type { Session } from '../session.ts';
import { estimate } from './estimate.ts';
import { Unmeasurable } from './must.ts';
import { type Rows, sizesIn, tell } from './sizes.ts';
import { type Size, untell } from './statistics.ts';

/** What the planner expects of a query at the sizes that are said; everything is as it was afterwards but the statistics. */
export async function costAt(
  session: Session,
  query: string,
  rows: Rows,
): Promise<(Estimate & { readonly sizes: readonly Size[] }) | { readonly failure: string }> {
  let sizes: readonly Size[] = [];
  try {
    const first = await estimate(session, query, ['VERBOSE']);
    if ('failure' in first) return first;
    sizes = await sizesIn(session, first.whole, rows);
    await tell(session, sizes);
    const estimated = await estimate(session, query);
    return 'failure' in estimated ? estimated : { ...estimated, text: estimated.whole, sizes };
  } catch (thrown) {
    if (thrown instanceof Unmeasurable) return { failure: thrown.message };
    throw thrown;
  } finally {
    await untell(session, sizes);
  }
}
