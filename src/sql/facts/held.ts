import type { HeldLock } from '../lint/held-locks.ts';
import type { RuleContext } from '../rule.ts';

/**
 * The first lock of its kind that an earlier statement of the open transaction took and that is held while this one runs. What
 * a statement takes itself it cannot do without.
 */
export function heldBefore(context: RuleContext, isWanted: (lock: HeldLock) => boolean): HeldLock | undefined {
  const { held, statementNumber } = context;
  for (const lock of held.values()) if (lock.statement < statementNumber && isWanted(lock)) return lock;
  return undefined;
}
