import type { Column, Constraint, Index } from './change.ts';
import type { RelationUse } from './changes/queries.ts';
import type { FunctionDefinition } from './changes/routines.ts';
import type { Attribute, DomainDefinition } from './changes/types.ts';
import type { Engine } from './engine.ts';
import { keyOf, type ObjectName } from './name.ts';

/** A schema as data. Immutable: applying a change yields another catalog. Maps are keyed by `keyOf(name)`. */
export interface Catalog {
  readonly engine: Engine;
  readonly schemas: ReadonlySet<string>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
  readonly domains: ReadonlyMap<string, Domain>;
  readonly composites: ReadonlyMap<string, readonly Attribute[]>;
  readonly sequences: ReadonlyMap<string, Sequence>;
  /** Functions and procedures by name; overloaded ones stand together. */
  readonly functions: ReadonlyMap<string, readonly FunctionDefinition[]>;
  readonly views: ReadonlyMap<string, View>;
  readonly extensions: ReadonlySet<string>;
  /** What ALTER DATABASE, ALTER ROLE and ALTER SYSTEM gave sessions to begin with. */
  readonly settings?: ReadonlyMap<string, string>;
  /** While changes are being applied: the key of the table that has an index, by the key of the index. */
  readonly owners?: ReadonlyMap<string, string>;
  /** While changes are being applied: the keys of temporary tables. */
  readonly temporary?: ReadonlySet<string>;
  /** While changes are being applied: the keys of a table's partitions and children, by its key. */
  readonly children?: ReadonlyMap<string, ReadonlySet<string>>;
  /** While changes are being applied: the keys of the tables whose foreign keys point at a table, by its key. */
  readonly referrers?: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * While changes are being applied: the keys of the views that read a relation, by its key; under the empty text, those of which it
   * is not known what they read.
   */
  readonly readers?: ReadonlyMap<string, ReadonlySet<string>>;
  /** While changes are being applied: the keys of the tables that have policies. */
  readonly guarded?: ReadonlySet<string>;
  /** While changes are being applied: the key of a table's default partition, by its key. */
  readonly defaultPartitions?: ReadonlyMap<string, string>;
}

export interface Table {
  readonly name: ObjectName;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly comment?: string;
  readonly partitionBy?: string;
  readonly partitionOf?: ObjectName;
  /** It takes the rows that no other partition takes. */
  readonly defaultPartition?: true;
  readonly inherits?: readonly ObjectName[];
  readonly unlogged?: boolean;
  /** A foreign table: its rows are kept elsewhere. */
  readonly foreign?: true;
  readonly triggers?: readonly Trigger[];
  readonly policies?: readonly Policy[];
  readonly rowSecurity?: { readonly enabled: boolean; readonly forced: boolean };
  /** Columns come from a query or another table and are not all known, so a missing one proves nothing. */
  readonly open: boolean;
}

export interface View {
  readonly name: ObjectName;
  readonly query: string;
  readonly materialized: boolean;
  readonly columns?: readonly string[];
  /** What it reads; absent where that is not known. */
  readonly uses?: readonly RelationUse[];
  /** A materialized view has indexes too. */
  readonly indexes?: readonly Index[];
}

export interface Domain extends DomainDefinition {
  readonly name: ObjectName;
}

export interface Sequence {
  readonly name: ObjectName;
  readonly ownedBy?: { readonly table: ObjectName; readonly column: string };
}

export interface Trigger {
  readonly name: string;
  readonly function: ObjectName;
  readonly enabled: boolean;
  /** The columns that UPDATE OF and WHEN name. */
  readonly columns?: readonly string[];
}

export interface Policy {
  readonly name: string;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly permissive: boolean;
  readonly roles: readonly string[];
  readonly using?: string;
  readonly withCheck?: string;
}

/** A catalog of an empty database. */
export function emptyCatalog(engine: Engine): Catalog {
  return {
    engine,
    schemas: new Set(['public']),
    tables: new Map(),
    enums: new Map(),
    domains: new Map(),
    composites: new Map(),
    sequences: new Map(),
    functions: new Map(),
    views: new Map(),
    extensions: new Set(),
  };
}

/** The table of that name, or `undefined`. */
export function tableOf(catalog: Catalog, name: ObjectName): Table | undefined {
  return catalog.tables.get(keyOf(name));
}

/** The column of that table, or `undefined`. */
export function columnOf(table: Table, column: string): Column | undefined {
  return table.columns.find(({ name }) => name === column);
}
