import type { Measured } from '../../planner/advice.ts';
import type { Session } from '../session.ts';
import { estimate } from './estimate.ts';
import { type Relation, relationOf, tablesIn } from './relations.ts';
import { assumedIndex, sampleOf, usingOf } from './sample.ts';
import { pagesFor, type Size, tellIndex, tellTable } from './statistics.ts';

/** What a table that nobody gave a size for is taken to hold. */
const ASSUMED_ROWS = 1_000_000;

export type Rows = Readonly<Record<string, number>>;

/** The sizes of all tables that a plan of `EXPLAIN (VERBOSE)` speaks of, with what was measured of their rows and indexes. */
export async function sizesIn(session: Session, plan: string, rows: Rows): Promise<readonly Size[]> {
  const sizes: Size[] = [];
  for (const oid of await tablesIn(session, plan)) {
    const relation = await relationOf(session, oid);
    sizes.push(sizeOf(relation, await sampleOf(session, relation), rows, plan));
  }
  return sizes;
}

/**
 * Tells the planner the sizes of tables and of their indexes, and returns what each index costs, by its name as EXPLAIN writes
 * it. From then on and until `untell`, nothing may be executed: the files are not as long as they look.
 */
export async function tell(session: Session, sizes: readonly Size[]): Promise<ReadonlyMap<string, Measured>> {
  for (const size of sizes) await tellTable(session, size);
  const costs = new Map<string, Measured>();
  for (const size of sizes) for (const [name, cost] of await tellIndexes(session, size)) costs.set(name, cost);
  return costs;
}

export function nameOf({ schema, name }: Relation): string {
  return `${schema}.${name}`;
}

export function rowsOf(relation: Relation, rows: Rows): number {
  return rows[nameOf(relation)] ?? ASSUMED_ROWS;
}

function sizeOf(relation: Relation, sample: Size['sample'], given: Rows, plan: string): Size {
  const rows = Math.max(1, rowsOf(relation, given));
  const distinct = new Map<string, number>();
  // That a column is unique, the planner sees from its index.
  for (const { name, values, parent, unique } of relation.columns) {
    if (unique) continue;
    const parents = parent === undefined ? undefined : given[parent];
    const known = values ?? parents;
    if (known !== undefined && known > 0) distinct.set(name, Math.min(known, rows));
  }
  const asked = relation.columns.filter(({ sql }) => plan.includes(`.${sql} IS N`) || plan.includes(`(${sql} IS N`));
  return { relation, sample, rows, distinct, askedForNull: new Set(asked.map(({ name }) => name)) };
}

/** Tells the planner how large the indexes of a table are, and returns what each costs. */
async function tellIndexes(session: Session, { relation, sample, rows }: Size): Promise<readonly [string, Measured][]> {
  const costs: [string, Measured][] = [];
  for (const leaf of relation.leaves) {
    for (const index of leaf.indexes) {
      const tuples = (rows / relation.leaves.length) * (await shareOf(session, relation, index.where));
      const { bytesPerRow, walPerRow } = sample.indexes.get(usingOf(index)) ?? assumedIndex;
      await tellIndex(session, index, { tuples, pages: pagesFor(tuples, bytesPerRow) });
      const bytes = Math.round(tuples * bytesPerRow);
      costs.push([index.sql, { bytes, bytesPerRow: Math.round(bytesPerRow), walPerRow: Math.round(walPerRow) }]);
    }
  }
  return costs;
}

/** The part of a table's rows for which a predicate holds, as the planner sees it. */
async function shareOf(session: Session, { sql }: Relation, where: string | undefined): Promise<number> {
  if (where === undefined) return 1;
  const [all, some] = [
    await estimate(session, `SELECT FROM ${sql}`),
    await estimate(session, `SELECT FROM ${sql} WHERE ${where}`),
  ];
  return 'failure' in all || 'failure' in some ? 1 : Math.min(1, some.rows / Math.max(1, all.rows));
}
