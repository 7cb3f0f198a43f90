import { digest } from '../kernel/hash.ts';
import type { Action } from './actions.ts';

/** How often the same decision may be carried out in a row before it is taken for a defect. */
const patience = 3;

/** Forgotten beyond this many keys: what goes round in circles is among the recent ones. */
const remembered = 1_000;

/**
 * Notices that passes over one key carry the same writes out again and again, which would otherwise go on for ever and fill an
 * issue. A pass that fails, or that is forbidden to write, is not going in circles, and neither is waiting for an engine.
 */
export function breaker(): {
  trips(key: string, decided: readonly Action[]): boolean;
  /** `wrote`: something came of the decision. */
  carriedOut(key: string, decided: readonly Action[], wrote: boolean): void;
} {
  const last = new Map<string, { readonly digest: string; readonly times: number }>();
  const name = (decided: readonly Action[]) => digest(decided.filter(({ kind }) => kind !== 'gather-evidence'));
  return {
    trips(key, decided) {
      const before = last.get(key);
      return before !== undefined && before.times >= patience && before.digest === name(decided);
    },
    carriedOut(key, decided, wrote) {
      const before = last.get(key);
      last.delete(key);
      if (!wrote) return;
      const current = name(decided);
      last.set(key, { digest: current, times: before?.digest === current ? before.times + 1 : 1 });
      for (const [oldest] of last) {
        if (last.size <= remembered) break;
        last.delete(oldest);
      }
    },
  };
}
