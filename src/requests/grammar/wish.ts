import type { ReferentialAction } from '../../sql/change.ts';

/** A value as it was written: the kind says how much of it is to be trusted as SQL. */
export interface Value {
  /** `text` was quoted; `word` was a bare word; `expression` is SQL or an everyday phrase that stands for SQL. */
  readonly kind: 'text' | 'number' | 'word' | 'expression';
  readonly text: string;
}

export interface Reference {
  readonly table: string;
  readonly column?: string;
  readonly onDelete?: ReferentialAction;
}

/** What a sentence says about a column. Nothing is looked up yet. */
export interface ColumnWish {
  readonly name?: string;
  /** As written: SQL or everyday words. */
  readonly type?: string;
  /** Another type that the same request names for the column. */
  readonly otherType?: string;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly primaryKey?: boolean;
  readonly indexed?: boolean;
  readonly default?: Value;
  readonly references?: Reference;
  /** A condition on the column, as SQL with `VALUE` in place of the column. */
  readonly check?: string;
  /** What existing rows are to hold. */
  readonly existing?: Value;
}

/** What a sentence wants, with names as they were written. A part that the sentence does not give is absent. */
export type Wish =
  | { readonly kind: 'create-table'; readonly table?: string; readonly columns: readonly ColumnWish[] }
  | { readonly kind: 'drop-table'; readonly table: string }
  | { readonly kind: 'add-column'; readonly table?: string; readonly column: ColumnWish }
  | { readonly kind: 'drop-column'; readonly table?: string; readonly column: string }
  /** A table or a column, as the catalog will tell. */
  | { readonly kind: 'drop'; readonly table?: string; readonly name: string }
  | {
      readonly kind: 'rename';
      readonly table?: string;
      readonly name: string;
      readonly to: string;
      readonly is?: 'table' | 'column';
    }
  | { readonly kind: 'change-type'; readonly table?: string; readonly column: string; readonly type?: string }
  | { readonly kind: 'require'; readonly table?: string; readonly column: string; readonly required: boolean }
  | {
      readonly kind: 'default';
      readonly table?: string;
      readonly column: string;
      readonly value?: Value;
      readonly drop: boolean;
    }
  | { readonly kind: 'unique'; readonly table?: string; readonly columns: readonly string[] }
  | { readonly kind: 'index'; readonly table?: string; readonly columns: readonly string[]; readonly unique: boolean }
  | {
      readonly kind: 'drop-index';
      readonly table?: string;
      readonly name?: string;
      readonly columns: readonly string[];
    }
  | { readonly kind: 'reference'; readonly table?: string; readonly column?: string; readonly to: Reference }
  | { readonly kind: 'check'; readonly table?: string; readonly column?: string; readonly condition: string }
  | {
      readonly kind: 'backfill';
      readonly table?: string;
      readonly column: string;
      readonly value?: Value;
      readonly where?: string;
      /** The words say that every row is meant, whatever it holds. */
      readonly all?: boolean;
    }
  | { readonly kind: 'optimize'; readonly query?: string; readonly about?: string; readonly targetMs?: number }
  | { readonly kind: 'sql'; readonly sql: string; readonly line?: number; readonly was?: string };
export type WishOf<Kind extends Wish['kind']> = Extract<Wish, { kind: Kind }>;
