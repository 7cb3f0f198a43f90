import type { Catalog } from '../catalog.ts';
import type { Change, ChangeBody } from '../change.ts';
import { keyOf } from '../name.ts';

/** Whether IF EXISTS passes over the object that is to be altered, or to lose a part, because the catalog does not have it. */
export function passesOver(change: ChangeBody & Pick<Change, 'optional'>, catalog: Catalog): boolean {
  const isDrop = change.kind === 'drop-trigger' || change.kind === 'drop-policy';
  if (change.optional !== true && !(isDrop && change.ifExists)) return false;
  if ('index' in change && change.kind === 'rename-index') return catalog.owners?.has(keyOf(change.index)) === false;
  if ('table' in change && change.table !== undefined) {
    const key = keyOf(change.table);
    return !catalog.tables.has(key) && !catalog.views.has(key) && catalog.temporary?.has(key) !== true;
  }
  return 'sequence' in change && !catalog.sequences.has(keyOf(change.sequence));
}
