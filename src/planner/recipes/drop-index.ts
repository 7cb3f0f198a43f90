import type { Table } from '../../sql/catalog.ts';
import type { BodyOf, Index } from '../../sql/change.ts';
import { display, keyOf, type ObjectName } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { relationIsGone } from '../criteria.ts';
import { backgroundMs, type Draft, lock, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import type { Situation } from '../situation.ts';
import { dropConcurrently } from './create-index.ts';

/** Drops an index without waiting under an exclusive lock. */
export function dropIndex({ index }: BodyOf<'drop-index'>, { catalog }: Situation): readonly Draft[] | Unsupported {
  const found = findIndex([...catalog.tables.values()], index);
  if (found === undefined)
    return {
      unsupported: `index ${display(index)} is not an index of its own: what a constraint made goes with the constraint`,
    };
  const { table, definition } = found;
  if (definition.partitionOf !== undefined)
    return {
      unsupported: `index ${display(index)} belongs to index ${display(definition.partitionOf)} of the partitioned table, and goes with that`,
    };
  if (table.partitionBy !== undefined) return [dropUnderLock(index, table, definition)];
  return [
    step({
      title: `Drop index ${display(index)}`,
      phase: 'contract',
      sql: [dropConcurrently(index)],
      down: [renderChange({ kind: 'create-index', index: definition, concurrently: true, ifNotExists: false })],
      transaction: false,
      locks: [lock(table.name, 'ShareUpdateExclusiveLock')],
      lockTimeoutMs: backgroundMs,
      statementTimeoutMs: backgroundMs,
      criteria: [relationIsGone(index, 'Index')],
      because: `CONCURRENTLY waits for the queries that use the index instead of blocking the table; look into pg_stat_user_indexes first whether any does. ${manual('sql-dropindex')}`,
    }),
  ];
}

/** DROP INDEX, "Parameters": indexes of partitioned tables cannot be dropped concurrently; those of the partitions go along. */
function dropUnderLock(index: ObjectName, table: Table, definition: Index): Draft {
  return step({
    title: `Drop index ${display(index)} and those of the partitions`,
    phase: 'contract',
    sql: [renderChange({ kind: 'drop-index', index, concurrently: false, ifExists: true, cascade: false })],
    down: [renderChange({ kind: 'create-index', index: definition, concurrently: false, ifNotExists: false })],
    locks: [lock(table.name, 'AccessExclusiveLock')],
    knowingly: [{ rule: 'require-concurrent-index-drop', reason: 'a partitioned index has no other way' }],
    statementTimeoutMs: scanMs,
    criteria: [relationIsGone(index, 'Index')],
    because: `Needs an exclusive lock on the table and its partitions, but only changes the catalog, so it is over at once; \`lock_timeout\` keeps others from waiting behind it for long. Look into pg_stat_user_indexes first whether a query uses it. Going back builds it again while writes wait. ${manual('sql-dropindex')}`,
  });
}

/** The index of that name with its table; `undefined` also where the name belongs to a constraint's index. */
export function findIndex(
  tables: readonly Table[],
  index: { readonly schema?: string; readonly name: string },
): { readonly table: Table; readonly definition: Index } | undefined {
  for (const table of tables) {
    const definition = table.indexes.find(
      ({ name }) => name !== undefined && keyOf({ ...table.name, name }) === keyOf(index),
    );
    if (definition !== undefined) return { table, definition };
  }
  return undefined;
}
