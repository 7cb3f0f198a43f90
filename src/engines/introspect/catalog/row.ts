import type { Expression } from '../../../sql/change.ts';
import { defaultSchema, type ObjectName } from '../../../sql/name.ts';
import type { Row } from '../../session.ts';

/** A column of a catalog row as text; empty where it is null. */
export function text(row: Row, column: string): string {
  const value = row[column];
  return value === null || value === undefined ? '' : String(value);
}

export function nameOf(row: Row): ObjectName {
  return { schema: text(row, 'schema'), name: text(row, 'name') };
}

/** The property where the row has a value for it. */
export function known<Key extends string, Value>(
  key: Key,
  value: Value | null | undefined,
): { readonly [Each in Key]?: Value } {
  return (value === null || value === undefined ? {} : { [key]: value }) as { readonly [Each in Key]?: Value };
}

/** The property where it holds. */
export function yes<Key extends string>(key: Key, holds: unknown): { readonly [Each in Key]?: true } {
  return (holds === true ? { [key]: true } : {}) as { readonly [Each in Key]?: true };
}

/** A type as a catalog spells it: without the default schema. */
export function typeOf(type: string): string {
  return type.startsWith(`${defaultSchema}.`) ? type.slice(defaultSchema.length + 1) : type;
}

/** Functions whose volatility the manual states; what is not known to be otherwise counts as volatile. */
export function expressionOf(sql: string): Expression {
  const withoutStrings = sql.replace(/'(?:[^']|'')*'/g, '');
  if (
    /^(now\(\)|current_(date|timestamp|time|user)|localtime(stamp)?|transaction_timestamp\(\))$/i.test(withoutStrings)
  ) {
    return { sql, volatility: 'stable' };
  }
  return {
    sql,
    volatility: /[a-z_]\s*\(/i.test(withoutStrings.replace(/::[\w ]+\([\d, ]+\)/g, '')) ? 'volatile' : 'constant',
  };
}
