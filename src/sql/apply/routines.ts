import type { RoutineChange } from '../changes/routines.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';

/** Functions, procedures and triggers. */
export const routineAppliers: Appliers<RoutineChange['kind']> = {
  'create-function': leaveAsItIs,
  'alter-function': leaveAsItIs,
  'drop-function': leaveAsItIs,
  'create-trigger': leaveAsItIs,
  'drop-trigger': leaveAsItIs,
  'rename-trigger': leaveAsItIs,
  'toggle-trigger': leaveAsItIs,
  'dynamic-sql': leaveAsItIs,
};
