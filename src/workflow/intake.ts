import { mayAsk } from '../config/roles.ts';
import type { RequestPicture } from './observed.ts';

/** What intake looks at. */
export type IntakeKey = 'issue' | 'role' | 'label' | 'asker' | 'config';

/** Whether the request is ours to work on now: labelled, open, and asked for by somebody who may. */
export function mayProceed({ issue, role, label, asker, config }: Pick<RequestPicture, IntakeKey>): boolean {
  return role === 'request' && issue.open && label.on && mayAsk(config, asker.login, asker.permission, asker.roles);
}
