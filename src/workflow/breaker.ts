import { digest } from '../kernel/hash.ts';
import type { Action } from './actions.ts';

/** How often the same decision may come in a row before it is taken for a defect. */
const patience = 3;

/** Forgotten beyond this many keys: what goes round in circles is among the recent ones. */
const remembered = 1_000;

/**
 * Notices that passes over one key decide the same writes again and again, which would otherwise go on for ever and fill an
 * issue. Waiting for an engine is not going in circles.
 */
export function breaker(): { trips(key: string, decided: readonly Action[]): boolean } {
  const last = new Map<string, { readonly digest: string; readonly times: number }>();
  return {
    trips(key, decided) {
      const writes = decided.filter(({ kind }) => kind !== 'gather-evidence');
      const before = last.get(key);
      last.delete(key);
      if (writes.length === 0) return false;
      const current = digest(writes);
      const times = before?.digest === current ? before.times + 1 : 1;
      last.set(key, { digest: current, times });
      for (const [oldest] of last) {
        if (last.size <= remembered) break;
        last.delete(oldest);
      }
      return times > patience;
    },
  };
}
