import type { TypeText } from '../../type-text.ts';
import { intervalRisk, isInterval } from './intervals.ts';
import { precisionOf } from './precision.ts';
import type { Risk } from './values.ts';

/** What a type of the calendar or the clock keeps (manual, "Date/Time Types"). */
const keeps: Readonly<Record<string, readonly ('date' | 'time' | 'zone')[]>> = {
  date: ['date'],
  'time without time zone': ['time'],
  'time with time zone': ['time', 'zone'],
  'timestamp without time zone': ['date', 'time'],
  'timestamp with time zone': ['date', 'time', 'zone'],
};

const words = { date: 'the date', time: 'the time of day', zone: 'the time zone' };

/** What becomes of dates and times in another such type. Types of other kinds are at no risk here. */
export function momentRisk(from: TypeText, to: TypeText, utc: boolean): Risk {
  if (isInterval(from.base) && to.base === 'time without time zone') return { loses: 'days, months and years' };
  if (from.base === 'time without time zone' && isInterval(to.base))
    return intervalRisk({ base: 'interval', limits: from.limits, isArray: false }, to);
  const [source, target] = [keeps[from.base], keeps[to.base]];
  if (source === undefined || target === undefined) return {};
  const gone = source.filter((part) => part !== 'zone' && !target.includes(part));
  if (gone.length > 0) return { loses: gone.map((part) => words[part]).join(' and ') };
  if (fraction(to) < fraction(from)) return { loses: `fractions of a second beyond ${fraction(to)} digits` };
  const isReread = source.includes('zone') !== target.includes('zone') && source.includes('date');
  if (isReread) return utc ? {} : { rereads: 'the time zone that the session is set to' };
  return source.includes('zone') && !target.includes('zone') ? { loses: words.zone } : {};
}

function fraction(type: TypeText): number {
  return type.base === 'date' ? 0 : precisionOf(type);
}
