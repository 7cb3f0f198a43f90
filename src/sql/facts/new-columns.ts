import { columnOf, tableOf } from '../catalog.ts';
import type { ChangeOf, Column } from '../change.ts';
import type { RuleContext } from '../rule.ts';
import { underlying } from './domains.ts';
import { mayHoldRows } from './rows.ts';
import { isVolatile } from './volatility.ts';

/** Whether ADD COLUMN meets rows: not in a new or empty table, and not where IF NOT EXISTS finds the column there already. */
export function meetsRows({ table, column, ifNotExists }: ChangeOf<'add-column'>, context: RuleContext): boolean {
  if (!mayHoldRows(table, context)) return false;
  const known = ifNotExists ? tableOf(context.before, table) : undefined;
  return known === undefined || columnOf(known, column.name) === undefined;
}

/** Why PostgreSQL writes every row anew when it adds a column, by the rule that says so; `undefined` where it does not. */
export type RewriteCause = 'default' | 'domain-default' | 'old-version' | 'sequence' | 'stored' | 'domain-check';

/**
 * What makes ADD COLUMN rewrite its table (manual, ALTER TABLE, Notes; executed in test/sql/types/new-columns.test.ts): a value
 * that differs from row to row, or one that a domain must check. A virtual column (PostgreSQL 18) has no values to write.
 */
export function causeOfRewrite(
  { type, default: value, identity, generated }: Column,
  { before, version }: Pick<RuleContext, 'before' | 'version'>,
): RewriteCause | undefined {
  if (identity !== undefined) return 'sequence';
  if (generated !== undefined) return generated.stored ? 'stored' : undefined;
  if (value !== undefined && isVolatile(value, before)) return 'default';
  const below = underlying(type, before);
  if (value === undefined && below.default !== undefined && isVolatile(below.default, before)) return 'domain-default';
  if (below.constrained) return 'domain-check';
  // Defaults are kept in the catalog since PostgreSQL 11 (release notes).
  return value !== undefined && version < 11 ? 'old-version' : undefined;
}
