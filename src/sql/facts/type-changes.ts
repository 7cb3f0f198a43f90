/**
 * Whether PostgreSQL changes a column from one type to another without rewriting the table: the types are the same or binary
 * coercible, or the new one only loosens the limit of the old (manual, ALTER TABLE, Notes; PostgreSQL source, the planner
 * support functions of varchar, numeric, varbit, timestamp, time and interval). Both in canonical spelling.
 */
export function isFreeTypeChange(from: string, to: string): boolean {
  if (from === to) return true;
  const before = parsed(from);
  const after = parsed(to);
  if (before.base === after.base) return isLooser(before, after);
  return coercible.has(`${before.base}>${after.base}`) && after.limits.length === 0;
}

interface ParsedType {
  readonly base: string;
  readonly limits: readonly number[];
}

/** Casts that PostgreSQL marks as binary coercible (pg_cast.castmethod = 'b'), of the types that columns have. */
const coercible: ReadonlySet<string> = new Set([
  'character varying>text',
  'text>character varying',
  'cidr>inet',
  'xml>text',
  'xml>character varying',
  'integer>oid',
  'oid>integer',
]);

/** Types whose length or precision can grow in place. Not `character(n)`: it is padded. */
const growing: ReadonlySet<string> = new Set([
  'character varying',
  'bit varying',
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
  'time with time zone',
  'interval',
]);

function isLooser(before: ParsedType, after: ParsedType): boolean {
  if (before.base === 'numeric') return isLooserNumeric(before.limits, after.limits);
  if (!growing.has(before.base)) return false;
  const [limit] = after.limits;
  return limit === undefined || (before.limits[0] !== undefined && limit >= before.limits[0]);
}

function isLooserNumeric([precision, scale]: readonly number[], [newPrecision, newScale]: readonly number[]): boolean {
  if (newPrecision === undefined) return true;
  return precision !== undefined && newPrecision >= precision && newScale === scale;
}

/** `timestamp(3) with time zone` is the base `timestamp with time zone` and the limit 3. */
function parsed(type: string): ParsedType {
  const match = /^([^(]+)\(([-\d,]+)\)(.*)$/.exec(type);
  if (match === null) return { base: type, limits: [] };
  const [, before = '', limits = '', after = ''] = match;
  return { base: before + after, limits: limits.split(',').map(Number) };
}
