import { mayAsk } from '../config/roles.ts';
import type { RequestPicture } from './observed.ts';

/** Whether the request is ours to work on now: labelled, open, and asked for by somebody who may. */
export function mayProceed({
  issue,
  role,
  label,
  asker,
  config,
}: Pick<RequestPicture, 'issue' | 'role' | 'label' | 'asker' | 'config'>): boolean {
  return role === 'request' && issue.open && label.on && mayAsk(config, asker.login, asker.permission, asker.roles);
}
