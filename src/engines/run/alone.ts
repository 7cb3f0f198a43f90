import { emptyCatalog } from '../../sql/catalog.ts';
import type { Change } from '../../sql/change.ts';
import { type LockMode, locksOf } from '../../sql/facts/locks/index.ts';
import { keyOf } from '../../sql/name.ts';
import { versionNumber } from '../../sql/version.ts';
import type { Gauge } from './measure.ts';

/**
 * The locks of a statement that cannot run inside a transaction: they are gone when it returns, so they come from what is known of
 * its kind. Those of an index are told of its table.
 */
export async function locksAlone(
  change: Change,
  version: string,
  gauge: Gauge,
): Promise<readonly { readonly relation: string; readonly mode: LockMode }[]> {
  const locks = await Promise.all(
    locksOf(change, emptyCatalog('postgresql'), versionNumber('postgresql', version)).map(
      async ({ relation, mode }) => {
        const isIndex = change.kind === 'drop-index' || ('index' in change && change.index === relation);
        const table = isIndex ? await gauge.tableOfIndex(keyOf(relation)) : keyOf(relation);
        return table === undefined ? [] : [{ relation: table, mode }];
      },
    ),
  );
  return locks.flat();
}
