import type { Actor } from '../site.ts';

/** Requests an hour, for an installation or a person (GITHUB.md section 4), and for nobody. */
const hourly = { known: 5_000, anonymous: 60 } as const;

export interface Allowances {
  readonly of: (actor: Actor) => { readonly limit: number; readonly used: number; readonly reset: number };
  readonly count: (actor: Actor) => void;
  /** Whether an actor has none left. Never, unless a limit was asked for: a long afternoon of play is no offence. */
  readonly spent: (actor: Actor) => boolean;
  /** Begins the hour anew for everybody. */
  readonly forget: () => void;
}

/**
 * Counts requests by actor and hour.
 *
 * @param wallClock milliseconds since 1970.
 * @param enforced requests that a known actor may make in an hour; when left out, GitHub's figure is told and not enforced.
 */
export function createAllowances(wallClock: () => number, enforced?: number): Allowances {
  const requests = enforced ?? hourly.known;
  const made = new Map<string, { hour: number; used: number }>();
  const hourOf = () => Math.floor(wallClock() / 3_600_000);
  const recordOf = (actor: Actor) => {
    const key =
      actor.kind === 'installation'
        ? `installation ${actor.installationId}`
        : actor.kind === 'user'
          ? `user ${actor.login}`
          : actor.kind;
    const known = made.get(key);
    if (known !== undefined && known.hour === hourOf()) return known;
    const fresh = { hour: hourOf(), used: 0 };
    made.set(key, fresh);
    return fresh;
  };
  const limitOf = (actor: Actor) => (actor.kind === 'anonymous' ? hourly.anonymous : requests);
  return {
    of(actor) {
      const { hour, used } = recordOf(actor);
      return { limit: limitOf(actor), used, reset: (hour + 1) * 3_600 };
    },
    count(actor) {
      recordOf(actor).used += 1;
    },
    spent: (actor) => enforced !== undefined && recordOf(actor).used >= limitOf(actor),
    forget: () => made.clear(),
  };
}
