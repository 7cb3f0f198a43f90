import { quoteLiteral } from '../../sql/quote.ts';
import type { Session } from '../session.ts';
import { must, Unmeasurable } from './must.ts';
import type { Attribute, OwnIndex, Relation } from './relations.ts';
import type { Sample } from './sample.ts';

/** What is said to the planner of one table. */
export interface Size {
  readonly relation: Relation;
  readonly sample: Sample;
  readonly rows: number;
  /** How many different values a column has, by its name, where that is known. */
  readonly distinct: ReadonlyMap<string, number>;
  /** Columns that the query asks for being NULL. */
  readonly askedForNull: ReadonlySet<string>;
}

const PAGE = 8_192;
/**
 * Autovacuum comes when a fifth of a table has changed or been inserted (the manual, `autovacuum_vacuum_scale_factor` and
 * `autovacuum_vacuum_insert_scale_factor`), so that four fifths are known to be visible to everybody.
 */
const VISIBLE = 0.8;
/** What the planner takes for a share of NULLs where it knows nothing (source, DEFAULT_UNK_SEL). */
const NULLS = 0.005;
/** Where the query hangs on that share: it may be nearly all (`deleted_at`) as well as nearly none (`shipped_at`), so neither. */
const NULLS_ASKED_FOR = 0.5;

/**
 * Tells the planner the size of a table: rows and pages, the widths of its columns and how many different values these have (the
 * manual, "Statistics Manipulation Functions": the owner of a table may). What is not known of a column is not said, so that
 * the planner's own assumptions hold: 200 values, and a third of the rows for a bound.
 */
export async function tellTable(session: Session, size: Size): Promise<void> {
  const { relation, sample, rows } = size;
  const { leaves, columns } = relation;
  const share = rows / leaves.length;
  const pages = Math.max(1, Math.ceil(share / sample.rowsPerPage));
  for (const leaf of leaves) {
    // The statement first: whoever may not say it must not be left with a long file either.
    await restore(session, leaf, { pages, tuples: share, visible: Math.floor(pages * VISIBLE) });
    await session.pretend([{ file: leaf.file, pages }]);
    for (const column of columns) await tellColumn(session, leaf, column, { ...size, rows: share });
  }
  const isPartitioned = leaves.every(({ schema, name }) => schema !== relation.schema || name !== relation.name);
  if (!isPartitioned) return;
  for (const column of columns) await tellColumn(session, { ...relation, inherited: true }, column, size);
}

interface Named {
  readonly schema: string;
  readonly name: string;
  /** Of a partitioned table: of all partitions together. */
  readonly inherited?: boolean;
}

async function tellColumn(
  session: Session,
  { schema, name, inherited = false }: Named,
  { name: column, nullable }: Attribute,
  { sample, rows, distinct, askedForNull }: Omit<Size, 'relation'>,
): Promise<void> {
  const of = [schema, name, column].map((each) => quoteLiteral(each));
  await must(session, `SELECT pg_catalog.pg_clear_attribute_stats(${of.join(', ')}, ${inherited})`);
  const values = distinct.get(column);
  const isAsked = nullable && askedForNull.has(column);
  if (values === undefined && !isAsked) return;
  // 0 different values: not known.
  const figures = [
    `'null_frac', ${isAsked ? NULLS_ASKED_FOR : nullable ? NULLS : 0}::real`,
    `'avg_width', ${Math.max(1, sample.widths.get(column) ?? 8)}::integer`,
    `'n_distinct', ${Math.min(values ?? 0, rows)}::real`,
  ];
  await must(
    session,
    `SELECT pg_catalog.pg_restore_attribute_stats('schemaname', ${of[0]}, 'relname', ${of[1]}, 'attname', ${of[2]}, 'inherited', ${inherited}, ${figures.join(', ')})`,
  );
}

/** Tells the planner the size of an index. */
export async function tellIndex(
  session: Session,
  index: OwnIndex,
  { tuples, pages }: { readonly tuples: number; readonly pages: number },
): Promise<void> {
  await restore(session, index, { pages, tuples, visible: 0 });
  await session.pretend([{ file: index.file, pages }]);
}

/**
 * The true lengths again, and nothing known of the sizes. Changing what the catalog says of a relation is also what makes the
 * server close its files (source, RelationClearRelation): it remembers how many there were of a long one, and would count on.
 */
export async function untell(session: Session, sizes: readonly Size[]): Promise<void> {
  await session.pretend([]);
  const unknown = { pages: 0, tuples: -1, visible: 0 };
  for (const { relation } of sizes)
    for (const leaf of relation.leaves)
      for (const each of [leaf, ...leaf.indexes]) await restore(session, each, unknown).catch(unlessRefused);
}

/** What may not be said now could not be said before either. */
function unlessRefused(thrown: unknown): void {
  if (!(thrown instanceof Unmeasurable)) throw thrown;
}

/** Pages of an index: those of its entries and one about it. */
export function pagesFor(tuples: number, bytesPerRow: number): number {
  return 1 + Math.max(1, Math.ceil((tuples * bytesPerRow) / PAGE));
}

async function restore(
  session: Session,
  { schema, name }: Named,
  { pages, tuples, visible }: { readonly pages: number; readonly tuples: number; readonly visible: number },
): Promise<void> {
  const figures = `'relpages', ${pages}::integer, 'reltuples', ${tuples}::real, 'relallvisible', ${visible}::integer`;
  await must(
    session,
    `SELECT pg_catalog.pg_restore_relation_stats('schemaname', ${quoteLiteral(schema)}, 'relname', ${quoteLiteral(name)}, ${figures})`,
  );
}
