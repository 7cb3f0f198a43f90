import type { Catalog, Domain } from '../catalog.ts';
import type { Column, Expression } from '../change.ts';
import type { ObjectName } from '../name.ts';
import { keyOfType } from '../type-text.ts';

/**
 * What a type is below its domains. A domain over another keeps the constraints of that one, and has taken over its default when
 * it was made.
 */
export interface Underlying {
  /** The type that is stored; the same as what was asked about where that is no domain. */
  readonly type: string;
  /** The outermost domain. */
  readonly domain?: ObjectName;
  /** Whether values are checked: a CHECK or NOT NULL of one of the domains. */
  readonly constrained: boolean;
  readonly nullable: boolean;
  readonly default?: Expression;
  readonly collation?: string;
}

/** Looks below the domains that the catalog knows; an array of a domain is no domain. */
export function underlying(type: string, { domains }: Pick<Catalog, 'domains'>): Underlying {
  const outermost = domains.get(keyOfType(type));
  if (outermost === undefined) return { type, constrained: false, nullable: true };
  let domain: Domain | undefined = outermost;
  let below = type;
  let constrained = false;
  let nullable = true;
  let collation: string | undefined;
  // No chain of domains is longer than there are domains, whatever the text that we read may claim.
  for (let left = domains.size; domain !== undefined && left > 0; left--) {
    below = domain.type;
    constrained ||= domain.checks.length > 0 || !domain.nullable;
    nullable &&= domain.nullable;
    collation ??= domain.collation;
    domain = domains.get(keyOfType(below));
  }
  return {
    type: below,
    domain: outermost.name,
    constrained,
    nullable,
    ...(outermost.default === undefined ? {} : { default: outermost.default }),
    ...(collation === undefined ? {} : { collation }),
  };
}

/** The default with which a new column is filled: its own, else its domain's; none where that is NULL. */
export function effectiveDefault(column: Column, catalog: Pick<Catalog, 'domains'>): Expression | undefined {
  const value = column.default ?? underlying(column.type, catalog).default;
  return value !== undefined && /^null\b/i.test(value.sql) ? undefined : value;
}
