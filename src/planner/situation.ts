import { type Catalog, type Table, tableOf } from '../sql/catalog.ts';
import type { Engine } from '../sql/engine.ts';
import { keyOf, type ObjectName } from '../sql/name.ts';
import type { Judged } from './optimize/judge.ts';

/** What a plan is made for, beside the goals and the catalog. */
export interface PlanOptions {
  readonly engine: Engine;
  /** The major version; 0 where nobody said: then every version that is still supported is meant. */
  readonly version: number;
  /** Rows of a table where somebody gave a figure. */
  readonly rows?: (table: ObjectName) => number | undefined;
  /** What was measured for a query that is to become fast; nothing is proposed for one that was not. */
  readonly measured?: Measurements;
  /**
   * Whether a column that is renamed gets its new name beside the old one, with a trigger that keeps both the same while code
   * of both kinds runs, instead of at one moment. It takes a backfill, and costs writes something meanwhile.
   */
  readonly zeroDowntimeRenames?: boolean;
}

/** Which indexes, proven best, a query is to get. */
export type Measurements = (query: string) => Judged | undefined;

/** What a recipe may know: the schema just before its goal, and how much may be in the tables. */
export interface Situation {
  readonly catalog: Catalog;
  readonly version: number;
  readonly rows: (table: ObjectName) => number | undefined;
  readonly measured?: Measurements;
  /** Tables that an earlier goal of the same plan makes, as `keyOf` texts. */
  readonly created: ReadonlySet<string>;
  /** The desired schema is given: nothing is added to it that would be good to have. */
  readonly exact?: true;
  /** {@link PlanOptions.zeroDowntimeRenames}. */
  readonly zeroDowntimeRenames?: boolean;
}

/** Up to this many rows a scan or a rewrite under a strong lock is over before a `lock_timeout` of three seconds. */
const smallTable = 10_000;

/** The first supported version at the time of writing: what an unknown version is taken for. */
const oldestSupported = 14;

export function versionOf({ version }: PlanOptions): number {
  return version > 0 ? version : oldestSupported;
}

/** No row can be waiting in a table that this plan made or that is said to be empty. */
export function isEmpty({ created, rows }: Pick<Situation, 'created' | 'rows'>, table: ObjectName): boolean {
  return created.has(keyOf(table)) || rows(table) === 0;
}

/** Only a figure that somebody gave makes a table small: not knowing is no reason to block it. */
export function isSmall(situation: Situation, table: ObjectName): boolean {
  const rows = situation.rows(table);
  return isEmpty(situation, table) || (rows !== undefined && rows <= smallTable);
}

/** The table of a goal that has been checked against the catalog. */
export function knownTable({ catalog }: Situation, name: ObjectName): Table {
  const table = tableOf(catalog, name);
  if (table === undefined)
    throw new Error(`the planner was given a goal for ${keyOf(name)}, which is not in the catalog`);
  return table;
}

/** The partitions of a partitioned table, in the catalog's order. */
export function partitionsOf(catalog: Catalog, table: ObjectName): readonly Table[] {
  return [...catalog.tables.values()].filter(
    ({ partitionOf }) => partitionOf !== undefined && keyOf(partitionOf) === keyOf(table),
  );
}
