import type { Lock } from '../../planner/plan.ts';
import type { Change } from '../../sql/change.ts';
import { keyOf } from '../../sql/name.ts';
import type { Gauge } from './measure.ts';

/**
 * The locks of a statement that cannot run inside a transaction: they are gone when it returns, so they come from the manual
 * (https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES).
 */
export async function locksAlone(change: Change, gauge: Gauge): Promise<readonly Lock[]> {
  switch (change.kind) {
    case 'create-index':
      return [{ relation: keyOf(change.index.table), mode: 'ShareUpdateExclusiveLock' }];
    case 'drop-index': {
      const relation = await gauge.tableOfIndex(keyOf(change.index));
      return relation === undefined ? [] : [{ relation, mode: 'ShareUpdateExclusiveLock' }];
    }
    case 'maintain': {
      if (change.table === undefined) return [];
      const weak = change.concurrently || change.what === 'VACUUM';
      return [{ relation: keyOf(change.table), mode: weak ? 'ShareUpdateExclusiveLock' : 'AccessExclusiveLock' }];
    }
    default:
      return [];
  }
}
