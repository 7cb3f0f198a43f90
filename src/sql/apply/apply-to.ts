import type { Change, ChangeBody, ChangeKind } from '../change.ts';
import { accessAppliers } from './access.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';
import type { Draft, Problem } from './draft.ts';
import { objectAppliers } from './objects.ts';
import { passesOver } from './optional.ts';
import { relationAppliers } from './relations.ts';
import { routineAppliers } from './routines.ts';
import { setSetting } from './settings.ts';
import { storageAppliers } from './storage.ts';
import { typeAppliers } from './types.ts';

/** Makes a change to a draft. What is not part of a schema leaves it as it is. */
export function applyTo(draft: Draft, change: ChangeBody & Pick<Change, 'only'>): Problem {
  if (passesOver(change, draft)) return undefined;
  const applier = appliers[change.kind] as (draft: Draft, change: ChangeBody) => Problem;
  return applier(draft, change);
}

const appliers: Appliers<ChangeKind> = {
  ...relationAppliers,
  ...typeAppliers,
  ...storageAppliers,
  ...routineAppliers,
  ...accessAppliers,
  ...objectAppliers,
  query: leaveAsItIs,
  transaction: leaveAsItIs,
  set: setSetting,
  maintain: leaveAsItIs,
  other: leaveAsItIs,
};
