import type { Catalog } from '../../sql/catalog.ts';
import type { Column } from '../../sql/change.ts';
import { quoteLiteral } from '../../sql/quote.ts';

/**
 * A value of the column's type for rows whose real value was deleted, so that going back can restore a required column.
 * `undefined` for types of which we know no value: the column then comes back nullable.
 */
export function placeholder({ type }: Column, { enums }: Catalog): string | undefined {
  const label = (enums.get(type) ?? enums.get(`public.${type}`))?.[0];
  if (label !== undefined) return quoteLiteral(label);
  if (type.endsWith('[]')) return quoteLiteral('{}');
  const base = type.replace(/\(.*?\)/, '');
  return placeholders.find(([pattern]) => pattern.test(base))?.[1];
}

const placeholders: readonly (readonly [RegExp, string])[] = [
  [/^(smallint|integer|bigint|numeric|real|double precision|money)$/, '0'],
  [/^(text|character varying|character|citext)$/, "''"],
  [/^boolean$/, 'false'],
  [/^(date|timestamp with(out)? time zone)$/, "'epoch'"],
  [/^time with(out)? time zone$/, "'00:00'"],
  [/^interval$/, "'0'"],
  [/^uuid$/, "'00000000-0000-0000-0000-000000000000'"],
  [/^jsonb?$/, "'{}'"],
  [/^bytea$/, "''"],
  [/^(inet|cidr)$/, "'0.0.0.0'"],
];
