import type { Catalog } from '../catalog.ts';
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
  let found: Underlying = { type, constrained: false, nullable: true };
  // No chain of domains is longer than there are domains, whatever the text that we read may claim.
  for (let left = domains.size; left > 0; left--) {
    const domain = domains.get(keyOfType(found.type));
    if (domain === undefined) return found;
    const value = found.domain === undefined ? domain.default : found.default;
    const collation = found.collation ?? domain.collation;
    found = {
      type: domain.type,
      domain: found.domain ?? domain.name,
      constrained: found.constrained || domain.checks.length > 0 || !domain.nullable,
      nullable: found.nullable && domain.nullable,
      ...(value === undefined ? {} : { default: value }),
      ...(collation === undefined ? {} : { collation }),
    };
  }
  return found;
}

/** The default with which a new column is filled: its own, else its domain's; none where that is NULL. */
export function effectiveDefault(column: Column, catalog: Pick<Catalog, 'domains'>): Expression | undefined {
  const value = column.default ?? underlying(column.type, catalog).default;
  return value !== undefined && /^null\b/i.test(value.sql) ? undefined : value;
}
