import type { PullSnapshot } from '../github/port.ts';
import type { Clock } from '../kernel/clock.ts';

/** Decides whether a pull request that is being pushed to is looked at now, or when the pushes have come to rest. */
export interface Pace {
  /** How many seconds to leave this head alone; 0: look at it now. */
  wait(key: string, head: string): number;
}

/** Looks at once, whatever comes: for what is run once, and for tests. */
export const unhurried: Pace = { wait: () => 0 };

/** A head that follows another one so soon is one of several. */
const followsMs = 30_000;
/** When nothing has come for so long, the pushes have come to rest. */
const restMs = 10_000;
/** A pull request that never comes to rest is looked at this often all the same. */
const patienceMs = 300_000;
/** Forgotten beyond this many keys: who pushes now is among the recent ones. */
const remembered = 1_000;

interface Pushes {
  readonly head: string;
  /** When this head and the one before it were first seen, and when one was last looked at; in milliseconds. */
  readonly seen: number;
  readonly before: number;
  readonly looked: number;
}

/**
 * The first push is looked at when it comes, and of those that follow it in quick succession only the last. It is kept in
 * memory: a process that forgets it looks at one head more.
 */
export function pacing(clock: Clock): Pace {
  const last = new Map<string, Pushes>();
  return {
    wait(key, head) {
      const now = clock.now().getTime();
      const known = last.get(key);
      const pushes =
        known?.head === head
          ? known
          : { head, seen: now, before: known?.seen ?? Number.NEGATIVE_INFINITY, looked: known?.looked ?? now };
      const isOneOfSeveral = pushes.seen - pushes.before < followsMs;
      const restsAt = Math.min(pushes.seen + restMs, pushes.looked + patienceMs);
      const waits = isOneOfSeveral && now < restsAt;
      last.delete(key);
      last.set(key, waits ? pushes : { ...pushes, looked: now });
      for (const [oldest] of last) {
        if (last.size <= remembered) break;
        last.delete(oldest);
      }
      return waits ? Math.max(1, Math.ceil((restsAt - now) / 1_000)) : 0;
    },
  };
}

/** It is left alone for now. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  readonly seconds: number;
  readonly pull: PullSnapshot;

  constructor(seconds: number, pull: PullSnapshot) {
    super(`left alone for ${seconds} s, because it is being pushed to`);
    this.seconds = seconds;
    this.pull = pull;
  }
}
