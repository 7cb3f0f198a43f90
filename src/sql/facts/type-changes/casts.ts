import type { Catalog } from '../../catalog.ts';
import { keyOf } from '../../name.ts';
import { namedBy, readType } from '../../type-text.ts';
import { underlying } from '../domains.ts';

/** How a value gets from one type to another: by itself, only by a cast that is written, or not at all. */
export type Cast = 'assignment' | 'explicit' | 'none';

/**
 * The cast from one type to another, which ALTER COLUMN ... TYPE without USING needs to be an assignment (manual, CREATE CAST;
 * PostgreSQL source, pg_cast.dat). `undefined` where one of the types is not known here: an extension may bring any cast.
 */
export function castOf(
  from: string,
  to: string,
  catalog: Pick<Catalog, 'domains' | 'enums' | 'composites'>,
): Cast | undefined {
  const source = readType(underlying(from, catalog).type);
  const target = readType(underlying(to, catalog).type);
  if (source.base === target.base && source.isArray === target.isArray) return 'assignment';
  if (texts.has(target.base) && !target.isArray) return isKnown(source.base, catalog) ? 'assignment' : undefined;
  if (!isKnown(source.base, catalog) || !isKnown(target.base, catalog)) return undefined;
  if (texts.has(source.base) && !source.isArray) return 'explicit';
  if (source.isArray !== target.isArray) return 'none';
  if (source.isArray) return castOf(source.base, target.base, catalog);
  if (assignments.get(source.base)?.has(target.base) === true) return 'assignment';
  return explicit.get(source.base)?.has(target.base) === true ? 'explicit' : 'none';
}

/** Whatever has a text form can be assigned to these, and comes back from them only by a cast that is written. */
const texts: ReadonlySet<string> = new Set(['text', 'character varying', 'character', 'bpchar']);

const numbers = 'smallint integer bigint real double_precision numeric';
const moments = 'date timestamp_without_time_zone timestamp_with_time_zone';

/** pg_cast.castcontext of `a` and `i`, of the types that columns have. */
const assignments = casts(`
  smallint: ${numbers} oid
  integer: ${numbers} money oid
  bigint: ${numbers} money oid
  real: ${numbers}
  double_precision: ${numbers}
  numeric: ${numbers} money
  money: numeric
  oid: integer bigint
  bit: bit_varying
  bit_varying: bit
  cidr: inet
  inet: cidr
  macaddr: macaddr8
  macaddr8: macaddr
  json: jsonb
  jsonb: json
  date: ${moments}
  timestamp_without_time_zone: ${moments} time_without_time_zone
  timestamp_with_time_zone: ${moments} time_without_time_zone time_with_time_zone
  time_without_time_zone: time_with_time_zone interval
  time_with_time_zone: time_without_time_zone
  interval: time_without_time_zone
  boolean:
  uuid:
  bytea:`);

const explicit = casts(`
  integer: boolean bytea bit
  bigint: bytea bit
  smallint: bytea
  bit: integer bigint
  bytea: smallint integer bigint
  boolean: integer
  jsonb: boolean ${numbers}`);

function casts(lines: string): ReadonlyMap<string, ReadonlySet<string>> {
  const spelled = (word: string) => word.replaceAll('_', ' ');
  return new Map(
    lines
      .trim()
      .split('\n')
      .map((line) => {
        const [from = '', to = ''] = line.trim().split(':');
        return [spelled(from), new Set(to.trim().split(' ').map(spelled))] as const;
      }),
  );
}

function isKnown(base: string, { enums, composites }: Pick<Catalog, 'enums' | 'composites'>): boolean {
  const key = keyOf(namedBy(base));
  return texts.has(base) || assignments.has(base) || enums.has(key) || composites.has(key);
}
