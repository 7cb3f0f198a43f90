/** Which requests a fault concerns. Everything left out matches. */
export interface Match {
  readonly method?: string;
  /** Part of the path (after the host), or a regular expression between slashes: `/sub_issues$/`. */
  readonly path?: string;
  /** `app`: installation tokens and JWTs; `user`: people. */
  readonly by?: 'app' | 'user';
  /** Only requests that change something. */
  readonly writes?: boolean;
}

/** Matching requests passed over first (`skip`), and hit after that (`times`; for ever when left out). */
interface Counted {
  readonly match?: Match;
  readonly skip?: number;
  readonly times?: number;
}

export type Fault =
  | (Counted & { readonly kind: 'latency'; readonly ms: number })
  /** Answered instead of being performed. */
  | (Counted & { readonly kind: 'status'; readonly status: number; readonly message?: string })
  /** The connection breaks before anything is performed. */
  | (Counted & { readonly kind: 'reset'; readonly after?: never })
  /**
   * The n-th write (of those that match) since the fault was set is performed, and the connection breaks before it is
   * answered. `dead`: from then on every matching request is broken unperformed, as if the client's process had died.
   */
  | { readonly kind: 'reset'; readonly after: number; readonly match?: Match; readonly dead?: boolean }
  | (Counted & { readonly kind: 'secondary-limit'; readonly retryAfter: number })
  | (Counted & { readonly kind: 'primary-limit'; readonly resetIn: number })
  /** An endpoint that this GitHub does not have, as on an older Enterprise Server: 404. */
  | (Counted & { readonly kind: 'missing' })
  /** A permission that installations turn out not to have: 403. */
  | { readonly kind: 'forbidden'; readonly permission: string }
  /** What happens to webhook deliveries. `reorder` lets the next one overtake it, if one comes within `ms`
   * (100 when left out); `delay` holds it and all behind it for `ms`. */
  | {
      readonly kind: 'delivery';
      readonly what: 'drop' | 'double' | 'reorder' | 'delay';
      readonly ms?: number;
      readonly event?: string;
      readonly skip?: number;
      readonly times?: number;
    };

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly by: 'app' | 'user' | 'nobody';
  readonly write: boolean;
}

export interface Faults {
  /** Sets a fault; returns the number by which it can be removed. */
  readonly add: (fault: Fault) => number;
  readonly remove: (id: number) => void;
  readonly clear: () => void;
  readonly list: () => readonly { readonly id: number; readonly fault: Fault; readonly seen: number }[];
}

interface Armed {
  readonly id: number;
  readonly fault: Fault;
  seen: number;
}

/** The faults in force, with how often each was met. */
export interface FaultBoard extends Faults {
  /** Faults that hit this request before it is performed; counts it. */
  readonly before: (request: Request) => readonly Fault[];
  /** Whether the connection breaks now that this request was performed; counts it. */
  readonly after: (request: Request) => boolean;
  /** Fault that hits this delivery; counts it. */
  readonly delivery: (event: string) => (Fault & { kind: 'delivery' }) | null;
  /** Permissions taken away from every installation. */
  readonly forbidden: () => readonly string[];
}

function pathMatches(pattern: string, path: string): boolean {
  const expression = /^\/(.+)\/$/.exec(pattern)?.[1];
  // A plain path such as `/repos/` begins and ends with a slash, too; it is one unless it has special characters.
  return expression && /[\\$^*+?()[\]|]/.test(expression) ? new RegExp(expression).test(path) : path.includes(pattern);
}

function matches(match: Match | undefined, request: Request): boolean {
  if (match?.method && match.method.toUpperCase() !== request.method) return false;
  if (match?.by && match.by !== request.by) return false;
  if (match?.writes && !request.write) return false;
  return !match?.path || pathMatches(match.path, request.path);
}

function hits(armed: Armed, skip = 0, times = Number.POSITIVE_INFINITY): boolean {
  armed.seen += 1;
  return armed.seen > skip && armed.seen <= skip + times;
}

/** A board without faults. */
export function createFaults(): FaultBoard {
  let armed: Armed[] = [];
  let last = 0;

  function hitBefore(one: Armed, request: Request): boolean {
    const { fault } = one;
    switch (fault.kind) {
      case 'delivery':
      case 'forbidden':
        return false;
      case 'reset':
        if (fault.after === undefined) return matches(fault.match, request) && hits(one, fault.skip, fault.times);
        return fault.dead === true && one.seen >= fault.after && matches(fault.match, request);
      case 'latency':
      case 'status':
      case 'secondary-limit':
      case 'primary-limit':
      case 'missing':
        return matches(fault.match, request) && hits(one, fault.skip, fault.times);
    }
  }

  return {
    add(fault) {
      last += 1;
      armed.push({ id: last, fault, seen: 0 });
      return last;
    },
    remove(id) {
      armed = armed.filter((one) => one.id !== id);
    },
    clear() {
      armed = [];
    },
    list: () => armed.map(({ id, fault, seen }) => ({ id, fault, seen })),
    before: (request) => armed.filter((one) => hitBefore(one, request)).map((one) => one.fault),
    after(request) {
      let broken = false;
      for (const one of armed) {
        const { fault } = one;
        if (fault.kind !== 'reset' || fault.after === undefined) continue;
        if (!request.write || !matches(fault.match, request)) continue;
        one.seen += 1;
        if (one.seen === fault.after) broken = true;
      }
      return broken;
    },
    delivery(event) {
      for (const one of armed) {
        const { fault } = one;
        if (fault.kind !== 'delivery' || (fault.event !== undefined && fault.event !== event)) continue;
        if (hits(one, fault.skip, fault.times)) return fault;
      }
      return null;
    },
    forbidden: () => armed.flatMap(({ fault }) => (fault.kind === 'forbidden' ? fault.permission : [])),
  };
}
