import type { StorageChange } from '../changes/storage.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';

/** How and where rows are kept. */
export const storageAppliers: Appliers<StorageChange['kind']> = {
  'set-logged': leaveAsItIs,
  'set-tablespace': leaveAsItIs,
  'set-access-method': leaveAsItIs,
  'set-storage-parameters': leaveAsItIs,
  'set-replica-identity': leaveAsItIs,
  'attach-partition': leaveAsItIs,
  'detach-partition': leaveAsItIs,
  'attach-index': leaveAsItIs,
  'set-inherit': leaveAsItIs,
  'add-identity': leaveAsItIs,
  'drop-identity': leaveAsItIs,
  'set-expression': leaveAsItIs,
  'drop-expression': leaveAsItIs,
};
