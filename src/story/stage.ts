import type { Octokit } from '@octokit/rest';
import type { Login } from './shop.ts';

/** What the story needs of the world: it acts on the sandbox only as people do, over HTTP. */
export interface Stage {
  readonly owner: string;
  readonly repo: string;
  /** A client that acts as this person. */
  readonly as: (login: Login) => Octokit;
  /** One readable line. */
  readonly tell: (line: string) => void;
  /** Time to read, where somebody watches. */
  readonly pause: () => Promise<void>;
  /** How long to wait for the App, in milliseconds, before the story is given up. */
  readonly patience: number;
}

/** The story stopped because something that should have happened did not. */
export class Missing extends Error {
  override readonly name = 'Missing';
}

/** Waits until `look` gives something. Throws {@link Missing} with the words `what` when patience ends. */
export async function until<T>(stage: Stage, what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + stage.patience;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > end) throw new Missing(what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
