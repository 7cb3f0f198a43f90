import { type Catalog, columnOf, tableOf } from '../catalog.ts';
import type { BodyOf } from '../change.ts';
import type { Conditions } from './type-changes/conditions.ts';
import { isKnownType } from './type-changes/known.ts';
import { collationOf, rebuiltIndexes, verifiedChecks } from './type-changes/rebuilt.ts';
import { storageOf } from './type-changes/storage.ts';
import { type Risk, riskOf } from './type-changes/values.ts';

/** What ALTER COLUMN ... TYPE does to a table, under its ACCESS EXCLUSIVE lock. */
export interface TypeChangeEffect extends Risk {
  /**
   * `rewrite`: every row is written anew, and all indexes built again. `scan`: the rows stay, but checks on the column are
   * verified against each. `reindex`: the rows stay, but indexes are built again. `none`: the catalog alone changes.
   */
  readonly effect: 'none' | 'reindex' | 'scan' | 'rewrite';
  /** The column's type before. */
  readonly from: string;
  /** The indexes that are built again where the rows stay. */
  readonly indexes: readonly string[];
  /** The checks that are verified again where the rows stay. */
  readonly checks: readonly string[];
  /** A type that an extension may bring, of which a rewrite is only the worst case. */
  readonly unknownType?: string;
}

/**
 * Whether PostgreSQL changes a column from one type to another without rewriting the table. Both in canonical spelling; of
 * domains nothing is known here, and the session's time zone is taken not to be UTC.
 */
export function isFreeTypeChange(from: string, to: string): boolean {
  return storageOf(from, to, { catalog: { domains: new Map() }, utc: false }) !== 'rewritten';
}

/** What a type change does to its table; `undefined` where the old type is not known. */
export function typeChangeOf(
  { table: name, column: columnName, type, using, casts, collation }: BodyOf<'change-column-type'>,
  { catalog, utc }: Conditions & { readonly catalog: Catalog },
): TypeChangeEffect | undefined {
  const table = tableOf(catalog, name);
  const column = table === undefined ? undefined : columnOf(table, columnName);
  if (table === undefined || column === undefined) return undefined;
  const from = column.type;
  // A virtual column (PostgreSQL 18) has no values that could be written; it cannot be indexed.
  if (column.generated?.stored === false) {
    const checks = verifiedChecks(table, columnName);
    return { effect: checks.length > 0 ? 'scan' : 'none', from, indexes: [], checks };
  }
  // An expression of another kind makes new values, and what it makes of them is its author's own decision.
  if (using !== undefined && casts === undefined) return { effect: 'rewrite', from, indexes: [], checks: [] };

  const steps = stepsOf(from, casts ?? [], type);
  const conditions: Conditions = { catalog, utc };
  const storage = steps.map((step) => storageOf(step.from, step.to, conditions));
  const risks = steps.map((step) => riskOf(step.from, step.to, step.isExplicit, conditions));
  const risk: Risk = Object.assign({}, ...risks);
  if (storage.includes('rewritten')) {
    const unknownType = [from, ...(casts ?? []), type].find((each) => !isKnownType(each, catalog));
    const doubt = unknownType === undefined ? {} : { unknownType };
    return { effect: 'rewrite', from, indexes: [], checks: [], ...risk, ...doubt };
  }

  const isSortedAnew =
    storage.includes('other-operators') ||
    collationOf(column, catalog) !== collationOf({ type, ...(collation === undefined ? {} : { collation }) }, catalog);
  const indexes = rebuiltIndexes(table, column, isSortedAnew);
  const checks = verifiedChecks(table, columnName);
  const effect = checks.length > 0 ? 'scan' : indexes.length > 0 ? 'reindex' : 'none';
  return { effect, from, indexes, checks, ...risk };
}

interface Step {
  readonly from: string;
  readonly to: string;
  readonly isExplicit: boolean;
}

/** The casts that are written, and the assignment to the new type that ends every such change. */
function stepsOf(from: string, casts: readonly string[], to: string): readonly Step[] {
  const types = [from, ...casts];
  const written = casts.map((cast, at) => ({ from: types[at] as string, to: cast, isExplicit: true }));
  return [...written, { from: types.at(-1) as string, to, isExplicit: false }];
}
