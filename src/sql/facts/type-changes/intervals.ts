import type { TypeText } from '../../type-text.ts';
import { precisionOf } from './precision.ts';
import type { Risk } from './values.ts';

export function isInterval(base: string): boolean {
  return base === 'interval' || base.startsWith('interval ');
}

/** The smallest field that is kept decides; a precision matters only where that is the second (source, interval_support). */
export function isLooserInterval(from: TypeText, to: TypeText): boolean {
  const [old, next] = [leastField(from), leastField(to)];
  return next <= old && (old > 0 || precisionOf(to) >= precisionOf(from));
}

export function intervalRisk(from: TypeText, to: TypeText): Risk {
  if (isLooserInterval(from, to)) return {};
  const least = leastField(to);
  return {
    loses:
      least === 0 ? `fractions of a second beyond ${precisionOf(to)} digits` : `what is less than a ${fields[least]}`,
  };
}

const fields = ['second', 'minute', 'hour', 'day', 'month', 'year'];

/** `interval year to month` keeps months and more; without fields, all are kept. */
function leastField({ base }: TypeText): number {
  const last = base.split(' ').at(-1) ?? '';
  return Math.max(fields.indexOf(last), 0);
}
