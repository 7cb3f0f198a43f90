import { Forbidden } from '../github/port.ts';
import * as messages from '../messages/index.ts';
import { act, type World } from './act.ts';

/** What could not be done, by the name of an action or of what was looked at. */
export interface Refused {
  readonly doing: string;
  readonly error: Forbidden;
}

/** Says once, where it concerns people, what the installation may not do and which permission it takes. */
export async function sayForbidden(number: number, forbidden: readonly Refused[], world: World): Promise<void> {
  const kinds = new Map(forbidden.map(({ doing, error }) => [doing, error.needs]));
  for (const [doing, needs] of kinds) {
    const post = { id: `permission/${doing}`, text: messages.missingPermission(doing, needs), data: {} };
    try {
      await act({ kind: 'post-comment', why: 'a permission is missing', issue: number, post }, world);
    } catch (error) {
      // Not even comments are allowed: the log has it.
      if (!(error instanceof Forbidden)) throw error;
    }
  }
}
