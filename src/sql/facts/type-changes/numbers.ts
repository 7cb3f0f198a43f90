import type { TypeText } from '../../type-text.ts';
import type { Risk } from './values.ts';

/** How much of a number a type holds, in decimal digits (manual, "Numeric Types"). */
interface Capacity {
  /** Digits before the point that a value can have. */
  readonly needs: number;
  /** Digits before the point that it takes, whatever they are. */
  readonly takes: number;
  /** Digits after the point. */
  readonly decimals: number;
  /** Digits from the first that are kept as they are. */
  readonly exact: number;
}

const unbounded = Number.POSITIVE_INFINITY;

const capacities: Readonly<Record<string, Capacity>> = {
  smallint: { needs: 5, takes: 4, decimals: 0, exact: 5 },
  integer: { needs: 10, takes: 9, decimals: 0, exact: 10 },
  bigint: { needs: 19, takes: 18, decimals: 0, exact: 19 },
  money: { needs: 17, takes: 16, decimals: 2, exact: 19 },
  real: { needs: 39, takes: 38, decimals: unbounded, exact: 6 },
  'double precision': { needs: 309, takes: 308, decimals: unbounded, exact: 15 },
  numeric: { needs: unbounded, takes: unbounded, decimals: unbounded, exact: unbounded },
};

export function isNumber(base: string): boolean {
  return capacities[base] !== undefined;
}

/** What becomes of a number in another numeric type: too large ones are refused, and digits that have no place are rounded. */
export function numberRisk(from: TypeText, to: TypeText): Risk {
  const [source, target] = [capacityOf(from), capacityOf(to)];
  const isRounded = source.decimals > target.decimals;
  // Rounding can carry into one digit more.
  const needs = source.needs + (isRounded && !isFloat(from.base) ? 1 : 0);
  const fails = needs > target.takes && source !== target ? { fails: `is too large for \`${spelling(to)}\`` } : {};
  if (isRounded) return { ...fails, loses: `digits after the point, beyond ${target.decimals}` };
  const kept = isFloat(to.base) ? target.exact : isFloat(from.base) ? source.exact : unbounded;
  const isCut = source.exact > kept || (isFloat(from.base) && !isFloat(to.base));
  return isCut ? { ...fails, loses: `digits beyond the first ${kept}` } : fails;
}

function isFloat(base: string): boolean {
  return base === 'real' || base === 'double precision';
}

function capacityOf({ base, limits: [precision, scale] }: TypeText): Capacity {
  const capacity = capacities[base] as Capacity;
  if (base !== 'numeric' || precision === undefined) return capacity;
  const decimals = Number(scale ?? 0);
  const whole = Number(precision) - decimals;
  return { needs: whole, takes: whole, decimals, exact: Number(precision) };
}

function spelling({ base, limits }: TypeText): string {
  return limits.length === 0 ? base : `${base}(${limits.join(',')})`;
}
