import type { ObjectName } from '../name.ts';

/** Something about a query that decides how it runs, or what it does to those who rely on it. */
export type QueryTrait =
  /** `column LIKE '%...'`. */
  | { readonly kind: 'leading-wildcard'; readonly column: string; readonly table?: ObjectName }
  /** `lower(column) = ...`, `column::date = ...` or `column + 1 = ...` in WHERE or ON: no index on the column itself serves it. */
  | {
      readonly kind: 'function-on-column';
      /** The function, the type of a cast, or the operator. */
      readonly function: string;
      readonly column: string;
      readonly table?: ObjectName;
      /** The expression as it stands, to compare with the expressions of indexes. */
      readonly expression: string;
    }
  /** `SELECT *` or `t.*` in the outermost list, of a relation: not of a subquery that names its columns. */
  | { readonly kind: 'select-star' }
  | { readonly kind: 'order-by-random' }
  /** `= NULL` and `<> NULL`, which are true of nothing. */
  | { readonly kind: 'equals-null'; readonly operator: string }
  /** `NOT IN (SELECT ...)`; `column` is what the subquery returns, where it is a plain column. */
  | { readonly kind: 'not-in-subquery'; readonly column?: string; readonly table?: ObjectName }
  /** A call of a function that reaches out of the database, such as `dblink`, `lo_import`, `pg_read_file`. */
  | { readonly kind: 'outside-call'; readonly function: string; readonly arguments: readonly string[] };

/** A relation that a query reads, with the columns of it that the query names. */
export interface RelationUse {
  readonly relation: ObjectName;
  /** `all`: by `*`, or the whole row. Columns written without their table are listed for every relation in reach. */
  readonly columns: readonly string[] | 'all';
}

/** One condition, of those joined by AND, that bounds how many rows a statement reaches. Joins bound nothing. */
export type RowBound =
  /** Equal to a value, or one of a list of values. */
  | { readonly kind: 'equal'; readonly column: string }
  /** `>` and `>=`, `<` and `<=` a value; BETWEEN is both. */
  | { readonly kind: 'above' | 'below'; readonly column: string }
  /** LIMIT, FETCH FIRST, TABLESAMPLE, or one of a subquery's rows that LIMIT bounds. */
  | { readonly kind: 'limit' };
