import type { TypeText } from '../../type-text.ts';

/** Digits of a second that are kept; microseconds are the finest that is stored (manual, "Date/Time Types"). */
export function precisionOf({ limits: [limit] }: TypeText): number {
  return limit === undefined ? 6 : Math.min(Number(limit), 6);
}
