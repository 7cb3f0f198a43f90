import { readType, type TypeText } from '../../type-text.ts';
import { underlying } from '../domains.ts';
import type { Conditions } from './conditions.ts';
import { intervalRisk, isInterval } from './intervals.ts';
import { momentRisk } from './moments.ts';
import { isNumber, numberRisk } from './numbers.ts';

/** What can happen to single values. Each is the end of a sentence: "a value that ...". */
export interface Risk {
  /** The values for which the statement fails. */
  readonly fails?: string;
  /** What of a value is silently gone. */
  readonly loses?: string;
  /** Nothing is gone, but what the values mean then depends on the session. */
  readonly rereads?: string;
}

/**
 * What a conversion can do to values (manual, "Data Types" and "Value Expressions", Type Casts). An explicit cast cuts a text
 * that is too long, where an assignment, which ALTER TABLE does without USING, refuses it. Types that are not known are taken to
 * convert well.
 */
export function riskOf(from: string, to: string, isExplicit: boolean, { catalog, utc }: Conditions): Risk {
  if (from === to) return {};
  const target = underlying(to, catalog);
  const risk = baseRisk(readType(underlying(from, catalog).type), readType(target.type), isExplicit, utc);
  if (!target.constrained || risk.fails !== undefined) return risk;
  return { ...risk, fails: `\`${to}\` refuses` };
}

function baseRisk(from: TypeText, to: TypeText, isExplicit: boolean, utc: boolean): Risk {
  if (from.isArray && !to.isArray) return isText(to.base) ? textRisk(from, to, isExplicit) : {};
  if (to.isArray && !from.isArray) return isText(from.base) ? { fails: 'is not written as an array' } : {};
  if (isNumber(from.base) && isNumber(to.base)) return numberRisk(from, to);
  if (isText(to.base)) return textRisk(from, to, isExplicit);
  if (isText(from.base)) return { fails: `is not written as \`${to.base}\`` };
  if (to.base === 'boolean' && from.base !== 'boolean') return { loses: 'which number it was, zero or not' };
  if (from.base === 'inet' && to.base === 'cidr') return { loses: 'the bits to the right of the netmask' };
  if (isBits(from.base) && isBits(to.base)) return bitRisk(from, to, isExplicit);
  if (isNumber(from.base) && isBits(to.base)) return { loses: `all bits but the last ${bitsOf(to)}` };
  if (isInterval(from.base) && isInterval(to.base)) return intervalRisk(from, to);
  return momentRisk(from, to, utc);
}

const textTypes: ReadonlySet<string> = new Set([
  'text',
  'character varying',
  'character',
  'bpchar',
  'citext',
  'name',
  '"char"',
]);

function isText(base: string): boolean {
  return textTypes.has(base);
}

/** The longest text of a value, by its type; what is not listed can be of any length. */
const longest: Readonly<Record<string, number>> = {
  boolean: 5,
  smallint: 6,
  integer: 11,
  bigint: 20,
  oid: 10,
  uuid: 36,
  date: 13,
  macaddr: 17,
  macaddr8: 23,
  name: 63,
  '"char"': 4,
};

function textRisk(from: TypeText, to: TypeText, isExplicit: boolean): Risk {
  const room = lengthOf(to);
  const needed = from.isArray ? Number.POSITIVE_INFINITY : (longest[from.base] ?? lengthOf(from));
  if (needed <= room) return {};
  // A name is cut without a word even on assignment.
  if (isExplicit || to.base === 'name' || to.base === '"char"')
    return { loses: `what follows the first ${room} characters` };
  return { fails: `is longer than ${room} characters` };
}

function lengthOf({ base, limits: [limit] }: TypeText): number {
  if (base === 'name') return 63;
  if (base === '"char"') return 1;
  if (base === 'character') return Number(limit ?? 1);
  return limit === undefined || !isText(base) ? Number.POSITIVE_INFINITY : Number(limit);
}

function isBits(base: string): boolean {
  return base === 'bit' || base === 'bit varying';
}

function bitRisk(from: TypeText, to: TypeText, isExplicit: boolean): Risk {
  const [needed, room] = [bitsOf(from), bitsOf(to)];
  const fits = to.base === 'bit' ? from.base === 'bit' && needed === room : needed <= room;
  if (fits) return {};
  return isExplicit
    ? { loses: `the bits after the first ${room}` }
    : { fails: `has not the length that \`${to.base}(${room})\` asks for` };
}

function bitsOf({ base, limits: [limit] }: TypeText): number {
  return Number(limit ?? (base === 'bit' ? 1 : Number.POSITIVE_INFINITY));
}
