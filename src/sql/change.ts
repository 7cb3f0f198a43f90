import type { AccessChange } from './changes/access.ts';
import type { SchemaChange } from './changes/objects.ts';
import type { RoutineChange } from './changes/routines.ts';
import type { StatementChange } from './changes/statements.ts';
import type { StorageChange } from './changes/storage.ts';
import type { TableChange } from './changes/tables.ts';
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
  /** It is there only because tables have it from which this one inherits: it goes with theirs. */
  readonly inherited?: true;
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
  | ({
      readonly kind: 'check';
      readonly name?: string;
      readonly expression: string;
      readonly validated: boolean;
    } & Inheritance)
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
  | ({
      readonly kind: 'not-null';
      readonly name?: string;
      readonly column: string;
      readonly validated: boolean;
    } & Inheritance)
  | { readonly kind: 'exclusion'; readonly name?: string; readonly definition: string };

interface Inheritance {
  /** NO INHERIT: the tables that inherit do not get it. */
  readonly noInherit?: true;
  /** It is there only because tables have it from which this one inherits: it goes with theirs. */
  readonly inherited?: true;
}

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
  /** WITH (...), by their names; absent where none is set. */
  readonly parameters?: Readonly<Record<string, string>>;
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
  /** Those of the operator class, by their names. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** One atomic alteration of a schema, the same model for every engine. A statement yields one or several, in order. */
export type Change = ChangeBody & {
  /** Where it stands in its file; the whole statement where the parser knows nothing finer. */
  readonly span: Span;
  /** MySQL's and MariaDB's clauses on how the statement may run, in lower case. Absent: the server chooses. */
  readonly online?: OnlineClauses;
  /** ALTER TABLE ONLY: its partitions and the tables that inherit from it are left as they are. */
  readonly only?: true;
  /** ALTER ... IF EXISTS: where what it alters is not there, nothing is done. */
  readonly optional?: true;
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
  | SchemaChange
  | TableChange
  | TypeChange
  | StorageChange
  | RoutineChange
  | AccessChange
  | StatementChange;

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
