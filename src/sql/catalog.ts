import type { Column, Constraint, Index } from './change.ts';
import type { Engine } from './engine.ts';
import { keyOf, type ObjectName } from './name.ts';

/** A schema as data. Immutable: applying a change yields another catalog. Maps are keyed by `keyOf(name)`. */
export interface Catalog {
  readonly engine: Engine;
  readonly schemas: ReadonlySet<string>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
  readonly views: ReadonlyMap<string, View>;
  readonly extensions: ReadonlySet<string>;
}

export interface Table {
  readonly name: ObjectName;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly comment?: string;
  readonly partitionBy?: string;
  readonly partitionOf?: ObjectName;
  /** Columns come from a query or another table and are not all known, so a missing one proves nothing. */
  readonly open: boolean;
}

export interface View {
  readonly name: ObjectName;
  readonly query: string;
  readonly materialized: boolean;
}

/** A catalog of an empty database. */
export function emptyCatalog(engine: Engine): Catalog {
  return {
    engine,
    schemas: new Set(['public']),
    tables: new Map(),
    enums: new Map(),
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
