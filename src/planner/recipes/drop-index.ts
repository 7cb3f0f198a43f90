import type { Table } from '../../sql/catalog.ts';
import type { BodyOf, Index } from '../../sql/change.ts';
import { display, keyOf } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { relationIsGone } from '../criteria.ts';
import { backgroundMs, type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
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
  if (table.partitionBy !== undefined || table.partitionOf !== undefined)
    return { unsupported: `index ${display(index)}: indexes of partitioned tables cannot be dropped concurrently` };
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
