import type { AccessChange } from './changes/access.ts';
import type { QueryTrait, RelationUse, RowBound } from './changes/queries.ts';
import type { RoutineChange } from './changes/routines.ts';
import type { StorageChange } from './changes/storage.ts';
import type { TypeChange } from './changes/types.ts';
import type { ObjectName } from './name.ts';
import type { Span } from './span.ts';

/** An SQL expression kept as text, with the one fact about it that locks and rewrites depend on. */
export interface Expression {
  readonly sql: string;
  /**
   * `constant`: literals only. `stable`: the same within one statement (`now()`); PostgreSQL evaluates it once for ADD COLUMN.
   * `volatile`: differs per row (`random()`, `gen_random_uuid()`, `clock_timestamp()`) or not known to be otherwise.
   */
  readonly volatility: 'constant' | 'stable' | 'volatile';
}

export interface Column {
  readonly name: string;
  /** The type in the engine's canonical spelling: `integer`, `character varying(40)`, `timestamp with time zone`, `text[]`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default?: Expression;
  /** GENERATED ... AS IDENTITY, serial pseudo-types and AUTO_INCREMENT. */
  readonly identity?: 'always' | 'by-default' | 'serial' | 'auto-increment';
  readonly generated?: { readonly expression: string; readonly stored: boolean };
  readonly comment?: string;
  /** As it is written; absent: the type's own. */
  readonly collation?: string;
}

export type Constraint =
  | {
      readonly kind: 'primary-key';
      readonly name?: string;
      readonly columns: readonly string[];
      readonly usingIndex?: string;
      readonly include?: readonly string[];
      readonly deferrable?: Deferrable;
    }
  | {
      readonly kind: 'unique';
      readonly name?: string;
      readonly columns: readonly string[];
      readonly usingIndex?: string;
      readonly nullsNotDistinct?: boolean;
      readonly include?: readonly string[];
      readonly deferrable?: Deferrable;
    }
  | { readonly kind: 'check'; readonly name?: string; readonly expression: string; readonly validated: boolean }
  | {
      readonly kind: 'foreign-key';
      readonly name?: string;
      readonly columns: readonly string[];
      readonly references: ObjectName;
      /** Empty: the referenced table's primary key. */
      readonly referencedColumns: readonly string[];
      readonly onDelete?: ReferentialAction;
      readonly onUpdate?: ReferentialAction;
      readonly validated: boolean;
      readonly deferrable?: Deferrable;
    }
  /** PostgreSQL 18's NOT NULL constraint with a name or NOT VALID. */
  | { readonly kind: 'not-null'; readonly name?: string; readonly column: string; readonly validated: boolean }
  | { readonly kind: 'exclusion'; readonly name?: string; readonly definition: string };

/** DEFERRABLE INITIALLY IMMEDIATE or DEFERRED; absent: not deferrable. */
export type Deferrable = 'immediate' | 'deferred';

export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export interface Index {
  /** Absent when the engine is to choose one. */
  readonly name?: string;
  readonly table: ObjectName;
  readonly method: string;
  readonly keys: readonly IndexKey[];
  readonly include: readonly string[];
  readonly unique: boolean;
  readonly where?: string;
  readonly nullsNotDistinct?: boolean;
  /** ON ONLY a partitioned table: its partitions get none, and it is invalid until each has one attached. */
  readonly only?: boolean;
  /** A concurrent build can fail and leave the index behind, which the engine then maintains but does not use. */
  readonly invalid?: boolean;
  /** The index of the partitioned table that this one, of a partition, belongs to. */
  readonly partitionOf?: ObjectName;
}

/** One key of an index: a column's name, or an expression in parentheses or of one function call. */
export interface IndexKey {
  readonly column?: string;
  readonly expression?: string;
  readonly descending?: boolean;
  /** NULLS FIRST or LAST where it is not what the direction means by itself (ascending: last). */
  readonly nulls?: 'first' | 'last';
  /** As it is written; absent: the column's own. */
  readonly collation?: string;
  /** The operator class where one is named: `text_pattern_ops`, `gin_trgm_ops`. */
  readonly opclass?: string;
}

/** One atomic alteration of a schema, the same model for every engine. A statement yields one or several, in order. */
export type Change = ChangeBody & {
  /** Where it stands in its file; the whole statement where the parser knows nothing finer. */
  readonly span: Span;
  /** MySQL's and MariaDB's clauses on how the statement may run, in lower case. Absent: the server chooses. */
  readonly online?: OnlineClauses;
  /** ALTER TABLE ONLY: its partitions and the tables that inherit from it are left as they are. */
  readonly only?: true;
  /** Stands in the body of a function: it runs when the function is called, not now. */
  readonly within?: ObjectName;
  /** Stands in the body of a DO block, whose statements run now and in one transaction. */
  readonly inBlock?: true;
  /** Stands under a condition in a DO block, such as `IF NOT EXISTS (...)`, or where its failure is caught. */
  readonly guarded?: true;
};

export interface OnlineClauses {
  readonly algorithm?: string;
  readonly lock?: string;
}

export type ChangeBody =
  | { readonly kind: 'create-schema'; readonly schema: string; readonly ifNotExists: boolean }
  | { readonly kind: 'drop-schema'; readonly schema: string; readonly cascade: boolean; readonly ifExists?: boolean }
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
      /** CREATE TABLE ... AS / OF: the columns come from elsewhere and are not all known. */
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
    }
  | {
      readonly kind: 'create-view';
      readonly view: ObjectName;
      readonly query: string;
      readonly materialized: boolean;
      readonly replace: boolean;
      readonly ifNotExists?: boolean;
      /** The names of its columns as far as the statement gives them; a relation stands for all of its columns. */
      readonly columns?: readonly (string | ObjectName)[];
      readonly uses?: readonly RelationUse[];
      readonly traits?: readonly QueryTrait[];
      /** WITH NO DATA. */
      readonly empty?: boolean;
    }
  | {
      readonly kind: 'drop-view';
      readonly view: ObjectName;
      readonly materialized: boolean;
      readonly cascade: boolean;
      readonly ifExists?: boolean;
    }
  | { readonly kind: 'create-extension'; readonly extension: string; readonly ifNotExists?: boolean }
  | {
      readonly kind: 'drop-extension';
      readonly extension: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | {
      readonly kind: 'create-sequence';
      readonly sequence: ObjectName;
      readonly ifNotExists: boolean;
      readonly ownedBy?: { readonly table: ObjectName; readonly column: string };
    }
  | {
      readonly kind: 'drop-sequence';
      readonly sequence: ObjectName;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  /** ALTER SEQUENCE ... OWNED BY; `ownedBy` absent: NONE. */
  | {
      readonly kind: 'set-sequence-owner';
      readonly sequence: ObjectName;
      readonly ownedBy?: { readonly table: ObjectName; readonly column: string };
    }
  | { readonly kind: 'drop-database'; readonly database: string; readonly ifExists: boolean }
  | { readonly kind: 'rename-schema'; readonly schema: string; readonly to: string }
  | TypeChange
  | StorageChange
  | RoutineChange
  | AccessChange
  | { readonly kind: 'comment'; readonly table: ObjectName; readonly column?: string; readonly comment: string | null }
  /** INSERT, UPDATE, DELETE, TRUNCATE and COPY FROM. */
  | {
      readonly kind: 'write-data';
      readonly verb: 'insert' | 'update' | 'delete' | 'truncate' | 'copy';
      readonly table: ObjectName;
      readonly where?: string;
      /** The columns that an UPDATE sets, or the ON CONFLICT DO UPDATE of an INSERT. */
      readonly sets?: readonly string[];
      /** The columns that an INSERT or COPY names; absent where it names none. */
      readonly columns?: readonly string[];
      /** How many rows INSERT ... VALUES writes. */
      readonly values?: number;
      /** What else the rows come from: FROM, USING, or the FROM of INSERT ... SELECT; not what stands in its conditions. */
      readonly sources?: readonly ObjectName[];
      /** What bounds the rows that an UPDATE or DELETE reaches, or that INSERT ... SELECT reads. */
      readonly bounds?: readonly RowBound[];
      /** TRUNCATE ... CASCADE. */
      readonly cascade?: boolean;
      /** COPY ... FROM PROGRAM. */
      readonly program?: boolean;
      readonly traits?: readonly QueryTrait[];
    }
  | {
      readonly kind: 'query';
      readonly tables: readonly ObjectName[];
      readonly traits?: readonly QueryTrait[];
      /** COPY ... TO PROGRAM. */
      readonly program?: boolean;
    }
  | {
      readonly kind: 'transaction';
      readonly verb: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollback-to';
      /** The savepoint's. */
      readonly name?: string;
    }
  /** `value` is `default` where a setting is reset; `later`: of sessions that begin afterwards (ALTER ROLE, DATABASE and SYSTEM). */
  | {
      readonly kind: 'set';
      readonly setting: string;
      readonly value: string;
      readonly scope: 'session' | 'transaction' | 'later';
    }
  /**
   * LOCK TABLE, CLUSTER, VACUUM, VACUUM FULL, REFRESH MATERIALIZED VIEW, REINDEX (of a table or an index), REINDEX SCHEMA,
   * DATABASE and SYSTEM, ALTER TABLE ALL IN TABLESPACE: `what` is the statement's name in the manual.
   */
  | {
      readonly kind: 'maintain';
      readonly what: string;
      readonly table?: ObjectName;
      /** REINDEX INDEX. */
      readonly index?: ObjectName;
      /** LOCK TABLE: the mode in the manual's words, such as `ACCESS EXCLUSIVE`. */
      readonly mode?: string;
      readonly concurrently: boolean;
      /** REFRESH MATERIALIZED VIEW ... WITH NO DATA. */
      readonly empty?: boolean;
    }
  /** DROP of an object of another kind: `what` is the statement's name in the manual, such as `DROP PUBLICATION`. */
  | {
      readonly kind: 'drop-object';
      readonly what: string;
      readonly name: ObjectName;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  /** Understood by the parser, but not modelled: `what` is the statement's name in the engine's manual. */
  | {
      readonly kind: 'other';
      readonly what: string;
      /** The table that an ALTER TABLE is of. */
      readonly table?: ObjectName;
    };

export type ChangeKind = Change['kind'];
/** A change without its place, as the planner makes them. */
export type BodyOf<Kind extends ChangeKind> = Extract<ChangeBody, { kind: Kind }>;
export type ChangeOf<Kind extends ChangeKind> = Extract<Change, { kind: Kind }>;

/** One statement of a text with the changes it makes. */
export interface Statement {
  /** The statement as it stands, without the terminator and without surrounding comments. */
  readonly sql: string;
  readonly span: Span;
  readonly changes: readonly Change[];
}

/** A place that could not be read: said, never skipped in silence. */
export interface SyntaxProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What is no SQL and does not keep the rest from being read: a command to psql, or a template's placeholder. */
export interface Foreign {
  readonly kind: 'psql' | 'placeholder';
  /** As it is written: `\\i other.sql`, `{{ table }}`. */
  readonly text: string;
  /** The name under which changes know a placeholder. */
  readonly standIn?: string;
  readonly span: Span;
}

/** What a parser makes of a text: the statements it understood and the places it did not. */
export interface Script {
  readonly statements: readonly Statement[];
  readonly errors: readonly SyntaxProblem[];
  readonly foreign?: readonly Foreign[];
}
