import { Forbidden } from '../github/port.ts';
import * as messages from '../messages/index.ts';
import { act, type World } from './act.ts';
import type { Outcome } from './reconcile.ts';

/** Says once, where it concerns people, what the installation may not do and which permission it takes. */
export async function sayForbidden(number: number, forbidden: Outcome['forbidden'], world: World): Promise<void> {
  const kinds = new Map(forbidden.map(({ action, error }) => [action.kind, error.needs]));
  for (const [kind, needs] of kinds) {
    const post = { id: `permission/${kind}`, text: messages.missingPermission(kind, needs), data: {} };
    try {
      await act({ kind: 'post-comment', why: 'a permission is missing', issue: number, post }, world);
    } catch (error) {
      // Not even comments are allowed: the log has it.
      if (!(error instanceof Forbidden)) throw error;
    }
  }
}
