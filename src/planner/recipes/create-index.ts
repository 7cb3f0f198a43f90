import { type Catalog, tableOf } from '../../sql/catalog.ts';
import type { BodyOf, Index } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { indexIsValid } from '../criteria.ts';
import { type Named, nameIndex } from '../names.ts';
import { backgroundMs, type Draft, lock, manual, step } from '../recipe.ts';
import { isEmpty, type Situation } from '../situation.ts';
import { indexOnPartitions } from './on-partitions.ts';

type NamedIndex = Named<Index>;

/** An index without blocking writes: built concurrently, on a partitioned table partition by partition. */
export function createIndex({ index: given }: BodyOf<'create-index'>, situation: Situation): readonly Draft[] {
  const index = nameIndex(given, situation.catalog);
  if (isEmpty(situation, index.table))
    return [plain(index, 'The table holds no rows yet, so the build is over at once.')];
  const partitioned = tableOf(situation.catalog, index.table)?.partitionBy !== undefined;
  return partitioned ? indexOnPartitions(index, situation) : [concurrently(index)];
}

/**
 * CREATE INDEX, "Building Indexes Concurrently": a build that failed leaves an invalid index, and the recommended recovery is
 * to drop it and to build again. The first statement is that recovery, and does nothing on the first try.
 */
export function concurrently(index: NamedIndex): Draft {
  const drop = dropConcurrently({ ...index.table, name: index.name });
  return step({
    title: `Build ${index.unique ? 'unique ' : ''}index ${index.name} on ${display(index.table)}`,
    phase: 'expand',
    sql: [drop, renderChange({ kind: 'create-index', index, concurrently: true, ifNotExists: false })],
    down: [drop],
    transaction: false,
    locks: [lock(index.table, 'ShareUpdateExclusiveLock')],
    hazards: index.unique ? ['long-running', 'may-fail-on-existing-rows'] : ['long-running'],
    // It waits for older transactions without blocking anybody; giving up would only leave an invalid index.
    lockTimeoutMs: backgroundMs,
    statementTimeoutMs: backgroundMs,
    criteria: [indexIsValid(index)],
    because: `CONCURRENTLY lets reads and writes go on, and cannot run in a transaction block. After an interrupted build, run the step again: its first statement removes the invalid index. ${manual('sql-createindex')}`,
  });
}

/** Whether the table has an index or key that begins with these columns, in any order among themselves. */
export function isCovered(catalog: Catalog, table: ObjectName, columns: readonly string[]): boolean {
  const found = tableOf(catalog, table);
  const keys = [
    ...(found?.indexes ?? [])
      .filter(({ where, method }) => where === undefined && method === 'btree')
      .map((index) => index.keys.map(({ column }) => column)),
    ...(found?.constraints ?? []).flatMap((constraint) =>
      constraint.kind === 'primary-key' || constraint.kind === 'unique' ? [constraint.columns] : [],
    ),
  ];
  return keys.some((key) => columns.every((column) => key.slice(0, columns.length).includes(column)));
}

export function dropConcurrently(index: ObjectName): string {
  return renderChange({ kind: 'drop-index', index, concurrently: true, ifExists: true, cascade: false });
}

function plain(index: NamedIndex, why: string): Draft {
  return step({
    title: `Create ${index.unique ? 'unique ' : ''}index ${index.name} on ${display(index.table)}`,
    phase: 'expand',
    sql: [renderChange({ kind: 'create-index', index, concurrently: false, ifNotExists: true })],
    down: [dropPlainly(index)],
    locks: [lock(index.table, 'ShareLock')],
    criteria: [indexIsValid(index)],
    because: `${why} ${manual('sql-createindex')}`,
  });
}

function dropPlainly(index: NamedIndex): string {
  return renderChange({
    kind: 'drop-index',
    index: { ...index.table, name: index.name },
    concurrently: false,
    ifExists: true,
    cascade: false,
  });
}
