import type { ObjectName } from './name.ts';

/** What one SELECT of a query (itself, a subquery, a branch of a UNION) asks of one table: what an index can answer. */
export interface Demand {
  readonly table: ObjectName;
  /** Of WHERE and ON, those that AND joins: an OR is no use to one index. */
  readonly terms: readonly Term[];
  /** ORDER BY, where all of it is of this table; else empty. */
  readonly ordered: readonly { readonly column: string; readonly descending: boolean }[];
  /** What the SELECT reads of the table. */
  readonly columns: readonly string[] | 'all';
}

/** What a condition compares: a column, or an expression of one column, as SQL. */
export type Subject =
  | { readonly column: string; readonly expression?: never }
  | { readonly expression: string; readonly column: string };

export type Term =
  /** Equal to a value or one of a list. `constant`: the condition as SQL, where it is of constants alone. */
  | { readonly kind: 'equal'; readonly subject: Subject; readonly constant?: string }
  /** `<`, `>`, BETWEEN. */
  | { readonly kind: 'range'; readonly subject: Subject }
  /** Equal to a column of another table. */
  | { readonly kind: 'joined'; readonly subject: Subject }
  /** IS NULL, IS NOT NULL, a boolean column: true or false of a row, whatever the query is called with. */
  | { readonly kind: 'fixed'; readonly column: string; readonly condition: string }
  /** `LIKE 'x%'`. */
  | { readonly kind: 'prefix'; readonly subject: Subject }
  /** `LIKE '%x%'`, ILIKE and regular expressions. */
  | { readonly kind: 'pattern'; readonly subject: Subject }
  /** `@>`, `&&`, `?`, `@@`: what a GIN index finds. */
  | { readonly kind: 'contains'; readonly subject: Subject; readonly operator: string };
