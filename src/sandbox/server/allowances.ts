import type { Actor } from '../site.ts';

/** Requests an hour, for an installation or a person (GITHUB.md section 4), and for nobody. */
const hourly = { known: 5_000, anonymous: 60 } as const;

export interface Allowances {
  readonly of: (actor: Actor) => { readonly limit: number; readonly used: number; readonly reset: number };
  readonly count: (actor: Actor) => void;
}

/** Counts requests by actor and hour. The sandbox tells the figures, and refuses only where a fault says so. */
export function createAllowances(wallClock: () => number): Allowances {
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
  return {
    of(actor) {
      const { hour, used } = recordOf(actor);
      return { limit: actor.kind === 'anonymous' ? hourly.anonymous : hourly.known, used, reset: (hour + 1) * 3_600 };
    },
    count(actor) {
      recordOf(actor).used += 1;
    },
  };
}
