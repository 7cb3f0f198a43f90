import { readType, type TypeText } from '../../type-text.ts';
import { type Underlying, underlying } from '../domains.ts';
import type { Conditions } from './conditions.ts';
import { isInterval, isLooserInterval } from './intervals.ts';
import { precisionOf } from './precision.ts';

/** What a conversion does to what is stored: nothing, nothing but that indexes sort by other operators, or everything. */
export type Storage = 'same' | 'other-operators' | 'rewritten';

/**
 * What PostgreSQL does to the stored values of a column that gets another type (manual, ALTER TABLE, Notes; source,
 * ATColumnChangeRequiresRewrite and the planner support functions of varchar, numeric, varbit, timestamp, time and interval;
 * each pair executed by test/sql/types/matrix.test.ts). Types in canonical spelling; one that is not known counts as rewritten.
 */
export function storageOf(from: string, to: string, { catalog, utc }: Conditions): Storage {
  if (from === to) return 'same';
  const source = underlying(from, catalog);
  const target = underlying(to, catalog);
  // Values must be checked, and checking goes through writing (DomainHasConstraints).
  if (target.constrained) return 'rewritten';
  return storageOfBase(baseOf(source), readType(target.type), utc);
}

/** The planner does not look at the limits of a domain's base type, so that a value of a domain counts as unlimited. */
function baseOf({ type, domain }: Underlying): TypeText {
  const read = readType(type);
  return domain === undefined ? read : { ...read, limits: [] };
}

function storageOfBase(from: TypeText, to: TypeText, utc: boolean): Storage {
  if (from.isArray || to.isArray) {
    const isOpened = from.isArray && to.isArray && from.base === to.base && to.limits.length === 0;
    return isOpened ? 'same' : 'rewritten';
  }
  const [a, b] = [from.base, to.base];
  if (utc && isMoment(a) && isMoment(b) && a !== b) return precisionOf(to) >= 6 ? 'other-operators' : 'rewritten';
  if (isInterval(a) && isInterval(b)) return isLooserInterval(from, to) ? 'same' : 'rewritten';
  if (a === b) return isLooser(from, to) ? 'same' : 'rewritten';
  if (to.limits.length > 0) return 'rewritten';
  return coercible.get(`${a}>${b}`) ?? 'rewritten';
}

const oidAliases =
  'regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype'.split(
    ' ',
  );

/**
 * Casts that PostgreSQL marks as binary coercible (pg_cast.castmethod = 'b'), of the types that columns have, with whether
 * the operators of an index stay the same. citext is an extension's (contrib/citext).
 */
const coercible: ReadonlyMap<string, Storage> = new Map<string, Storage>([
  ['character varying>text', 'same'],
  ['text>character varying', 'same'],
  ['text>bpchar', 'other-operators'],
  ['character varying>bpchar', 'other-operators'],
  ['character>bpchar', 'same'],
  ['xml>text', 'same'],
  ['xml>character varying', 'same'],
  ['xml>bpchar', 'same'],
  ['cidr>inet', 'same'],
  ['bit>bit varying', 'other-operators'],
  ['integer>oid', 'other-operators'],
  ['oid>integer', 'other-operators'],
  ['text>citext', 'other-operators'],
  ['character varying>citext', 'other-operators'],
  ['citext>text', 'other-operators'],
  ['citext>character varying', 'other-operators'],
  ['citext>bpchar', 'other-operators'],
  ...oidAliases.flatMap((alias): readonly (readonly [string, Storage])[] => [
    [`${alias}>oid`, 'same'],
    [`oid>${alias}`, 'same'],
    [`${alias}>integer`, 'other-operators'],
    [`integer>${alias}`, 'other-operators'],
  ]),
]);

function isLooser(from: TypeText, to: TypeText): boolean {
  switch (from.base) {
    case 'numeric':
      return isLooserNumeric(from.limits.map(Number), to.limits.map(Number));
    case 'character varying':
    case 'bit varying':
      return to.limits.length === 0 || (from.limits.length > 0 && Number(to.limits[0]) >= Number(from.limits[0]));
    case 'timestamp without time zone':
    case 'timestamp with time zone':
    case 'time without time zone':
    case 'time with time zone':
      return precisionOf(to) >= precisionOf(from);
    default:
      // Not `character(n)`, which is padded, and not the types that we do not know.
      return to.limits.join() === from.limits.join();
  }
}

function isLooserNumeric([precision, scale]: readonly number[], [newPrecision, newScale]: readonly number[]): boolean {
  if (newPrecision === undefined) return true;
  return precision !== undefined && newPrecision >= precision && newScale === scale;
}

function isMoment(base: string): boolean {
  return base === 'timestamp without time zone' || base === 'timestamp with time zone';
}
