import type { Actor } from '../site.ts';

/** Requests an hour: of an installation or a person, of a workflow's token in one repository, of nobody (GITHUB.md section 4). */
const hourly = { known: 5_000, workflow: 1_000, anonymous: 60 } as const;

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
 * @param isWorkflow whether the App of this id is GitHub Actions, whose tokens have less.
 */
export function createAllowances(
  wallClock: () => number,
  enforced?: number,
  isWorkflow: (appId: number) => boolean = () => false,
): Allowances {
  const made = new Map<string, { hour: number; used: number }>();
  const hourOf = () => Math.floor(wallClock() / 3_600_000);
  const recordOf = (actor: Actor) => {
    const key =
      actor.kind === 'installation'
        ? `installation ${actor.installationId}${isWorkflow(actor.appId) ? ` in ${actor.repositoryIds?.join()}` : ''}`
        : actor.kind === 'user'
          ? `user ${actor.login}`
          : actor.kind;
    const known = made.get(key);
    if (known !== undefined && known.hour === hourOf()) return known;
    const fresh = { hour: hourOf(), used: 0 };
    made.set(key, fresh);
    return fresh;
  };
  const limitOf = (actor: Actor) => {
    if (actor.kind === 'anonymous') return hourly.anonymous;
    const isSmall = actor.kind === 'installation' && isWorkflow(actor.appId);
    return enforced ?? (isSmall ? hourly.workflow : hourly.known);
  };
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
