import type { BodyOf } from '../change.ts';
import type { Draft, Problem } from './draft.ts';

/** ALTER ROLE, DATABASE and SYSTEM ... SET give later sessions what they begin with; other SETs end with their own. */
export function setSetting(draft: Draft, { setting, value, scope }: BodyOf<'set'>): Problem {
  if (scope !== 'later') return undefined;
  if (value !== 'default') draft.settings.set(setting, value);
  else if (setting === 'all') draft.settings.clear();
  else draft.settings.delete(setting);
  return undefined;
}
