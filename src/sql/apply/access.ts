import type { AccessChange } from '../changes/access.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';

/** Policies, row security, privileges and roles. */
export const accessAppliers: Appliers<AccessChange['kind']> = {
  'create-policy': leaveAsItIs,
  'alter-policy': leaveAsItIs,
  'drop-policy': leaveAsItIs,
  'set-row-security': leaveAsItIs,
  grant: leaveAsItIs,
  revoke: leaveAsItIs,
  'grant-role': leaveAsItIs,
  'revoke-role': leaveAsItIs,
  'create-role': leaveAsItIs,
  'alter-role': leaveAsItIs,
  'drop-role': leaveAsItIs,
  'create-language': leaveAsItIs,
  connect: leaveAsItIs,
};
