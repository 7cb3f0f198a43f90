import type { Column, Constraint, Deferrable, Expression, Index } from '../change.ts';
import type { ObjectName } from '../name.ts';

/** Changes of tables with their columns, constraints and indexes. */
export type TableChange =
  | {
      readonly kind: 'create-table';
      readonly table: ObjectName;
      readonly columns: readonly Column[];
      readonly constraints: readonly Constraint[];
      readonly indexes: readonly Index[];
      readonly ifNotExists: boolean;
      readonly temporary: boolean;
      readonly unlogged?: boolean;
      /** CREATE FOREIGN TABLE: its rows are kept elsewhere. */
      readonly foreign?: true;
      /** Partitioned tables: the strategy and keys as text. */
      readonly partitionBy?: string;
      readonly partitionOf?: ObjectName;
      /** PARTITION OF ... DEFAULT. */
      readonly defaultPartition?: true;
      /** OF: the composite type whose attributes are its columns. */
      readonly ofType?: ObjectName;
      /** CREATE TABLE ... AS: the columns come from elsewhere and are not all known. */
      readonly columnsFrom?: string;
      /** LIKE clauses; `options` are the bits of PostgreSQL's INCLUDING. */
      readonly like?: readonly { readonly table: ObjectName; readonly options: number }[];
      readonly inherits?: readonly ObjectName[];
    }
  | {
      readonly kind: 'drop-table';
      readonly table: ObjectName;
      readonly ifExists: boolean;
      readonly cascade: boolean;
      /** DROP FOREIGN TABLE. */
      readonly foreign?: true;
    }
  /** `ofView`: written as ALTER VIEW or ALTER MATERIALIZED VIEW; ALTER TABLE does the same to views. */
  | { readonly kind: 'rename-table'; readonly table: ObjectName; readonly to: string; readonly ofView?: true }
  | { readonly kind: 'set-table-schema'; readonly table: ObjectName; readonly to: string; readonly ofView?: true }
  | { readonly kind: 'add-column'; readonly table: ObjectName; readonly column: Column; readonly ifNotExists: boolean }
  | {
      readonly kind: 'drop-column';
      readonly table: ObjectName;
      readonly column: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: 'rename-column'; readonly table: ObjectName; readonly column: string; readonly to: string }
  | {
      readonly kind: 'change-column-type';
      readonly table: ObjectName;
      readonly column: string;
      readonly type: string;
      readonly using?: string;
      /** The types through which a USING casts the column itself, canonical and in order; absent where it does anything else. */
      readonly casts?: readonly string[];
      readonly collation?: string;
      /** MySQL's MODIFY and CHANGE restate the whole column. */
      readonly restated?: Column;
    }
  | { readonly kind: 'set-not-null'; readonly table: ObjectName; readonly column: string }
  | { readonly kind: 'drop-not-null'; readonly table: ObjectName; readonly column: string }
  | { readonly kind: 'set-default'; readonly table: ObjectName; readonly column: string; readonly default: Expression }
  | { readonly kind: 'drop-default'; readonly table: ObjectName; readonly column: string }
  /** `inline`: written as part of an ADD COLUMN, of the column named. */
  | {
      readonly kind: 'add-constraint';
      readonly table: ObjectName;
      readonly constraint: Constraint;
      readonly inline?: string;
    }
  | {
      readonly kind: 'drop-constraint';
      readonly table: ObjectName;
      readonly name: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: 'validate-constraint'; readonly table: ObjectName; readonly name: string }
  /** ALTER CONSTRAINT: only what is said of it changes. */
  | {
      readonly kind: 'alter-constraint';
      readonly table: ObjectName;
      readonly name: string;
      readonly deferrable?: Deferrable | 'not';
      /** PostgreSQL 18: NOT ENFORCED constraints count as not validated; enforcing one checks every row. */
      readonly enforced?: boolean;
    }
  | { readonly kind: 'rename-constraint'; readonly table: ObjectName; readonly name: string; readonly to: string }
  | {
      readonly kind: 'create-index';
      readonly index: Index;
      readonly concurrently: boolean;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: 'drop-index';
      readonly index: ObjectName;
      readonly table?: ObjectName;
      readonly concurrently: boolean;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | {
      readonly kind: 'rename-index';
      readonly index: ObjectName;
      /** MySQL's index names are unique only within a table. */
      readonly table?: ObjectName;
      readonly to: string;
    };
