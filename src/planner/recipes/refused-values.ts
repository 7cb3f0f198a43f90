import type { Catalog } from '../../sql/catalog.ts';
import { underlying } from '../../sql/facts/domains.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { keyOfType, readType } from '../../sql/type-text.ts';
import { noRow } from '../criteria.ts';
import type { Criterion } from '../plan.ts';

/** `pg_input_is_valid` (release notes of PostgreSQL 16). */
const asksInput = 16;

/** That no value is one which the new type does not take, where a query can ask for it. */
export function noRefusedValue(
  table: ObjectName,
  column: string,
  { from, to }: { readonly from: string; readonly to: string },
  { catalog, version }: { readonly catalog: Catalog; readonly version: number },
): readonly Criterion[] {
  const refused = refusedValues(quoteIdentifier(column), { from, to }, catalog, version);
  if (refused === undefined) return [];
  return [noRow(table, refused, `No row of ${display(table)} has a value in ${column} that ${to} does not take`)];
}

/** A condition on a value that is true where the new type takes it, and the opposite; absent where only the conversion itself knows. */
interface Takes {
  readonly taken: string;
  readonly refused: string;
}

function refusedValues(
  value: string,
  types: { readonly from: string; readonly to: string },
  catalog: Catalog,
  version: number,
): string | undefined {
  const known = takenValues(value, types, catalog);
  if (known !== undefined) return known.refused;
  const { from, to } = types;
  const [source, target] = [from, to].map((type) => readType(underlying(type, catalog).type));
  if (source?.isArray !== false || target?.isArray !== false || numbers.has(source.base)) return undefined;
  const isText = ['text', 'character varying', 'character'].includes(source.base);
  return isText && version >= asksInput ? `NOT pg_input_is_valid(${value}::text, ${quoteLiteral(to)})` : undefined;
}

/** Which values the new type takes, as far as bounds, lengths and labels say it. */
export function takenValues(
  value: string,
  { from, to }: { readonly from: string; readonly to: string },
  catalog: Catalog,
): Takes | undefined {
  const source = readType(underlying(from, catalog).type);
  const target = readType(underlying(to, catalog).type);
  if (source.isArray || target.isArray) return undefined;
  const labels = catalog.enums.get(keyOfType(to));
  if (labels !== undefined) return oneOf(`${value}::text`, labels);
  const [limit, scale = '0'] = target.limits;
  // Spaces at the end are cut without a word (the manual, "Character Types").
  if (['character varying', 'character'].includes(target.base) && limit !== undefined) {
    const length = `char_length(rtrim(${value}::text, ' '))`;
    return { taken: `${length} <= ${limit}`, refused: `${length} > ${limit}` };
  }
  if (!numbers.has(source.base)) return undefined;
  const range = ranges[target.base]?.join(' AND ');
  if (range !== undefined) {
    const rounded = `round(${value}::numeric)`;
    return { taken: `${rounded} BETWEEN ${range}`, refused: `${rounded} NOT BETWEEN ${range}` };
  }
  if (target.base !== 'numeric' || limit === undefined) return undefined;
  const [size, bound] = [`abs(round(${value}::numeric, ${scale}))`, `1e${Number(limit) - Number(scale)}::numeric`];
  return { taken: `${size} < ${bound}`, refused: `${size} >= ${bound}` };
}

function oneOf(text: string, labels: readonly string[]): Takes {
  const list = `(ARRAY[${labels.map((label) => quoteLiteral(label)).join(', ')}])`;
  return { taken: `${text} = ANY ${list}`, refused: `${text} <> ALL ${list}` };
}

const numbers: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']);

const ranges: Readonly<Record<string, readonly [string, string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};
