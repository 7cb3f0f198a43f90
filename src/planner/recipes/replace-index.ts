import { makeObjectName } from '../../sql/apply/names.ts';
import { type Catalog, tableOf } from '../../sql/catalog.ts';
import type { Index } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { indexIsValid } from '../criteria.ts';
import type { Named } from '../names.ts';
import { backgroundMs, type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
import type { Replacement } from '../schemas/goal.ts';
import { isEmpty, type Situation } from '../situation.ts';
import { concurrently, createIndex, dropConcurrently } from './create-index.ts';

type Given = Extract<Replacement, { readonly kind: 'replace-index' }>;

/** Another index in the place of one that is in use: built beside it, so that no query is ever without, and given its name at the end. */
export function replaceIndex({ before, after }: Given, situation: Situation): readonly Draft[] | Unsupported {
  const table = tableOf(situation.catalog, after.table);
  const isPlain =
    isEmpty(situation, after.table) || table?.partitionBy !== undefined || table?.partitionOf !== undefined;
  if (isPlain) return anew(before, after, situation);
  const name = freeName(after, situation.catalog);
  return [concurrently({ ...after, name }), drop(before), rename(after, name)];
}

/** An index of a partitioned table cannot be built concurrently, and one of an empty table need not be. */
function anew(before: Named<Index>, after: Named<Index>, situation: Situation): readonly Draft[] | Unsupported {
  const made = createIndex({ kind: 'create-index', index: after, concurrently: true, ifNotExists: false }, situation);
  if ('unsupported' in made) return made;
  const dropped = step({
    title: `Drop index ${before.name} of ${display(before.table)}, to make it anew`,
    phase: 'contract',
    sql: [renderChange({ kind: 'drop-index', index: at(before), concurrently: false, ifExists: true, cascade: false })],
    down: [renderChange({ kind: 'create-index', index: before, concurrently: false, ifNotExists: false })],
    locks: [lock(before.table, 'AccessExclusiveLock')],
    criteria: [],
    because: `Drops nothing but the index; queries go without it until the next step is over. ${manual('sql-dropindex')}`,
  });
  return [dropped, ...made];
}

function drop(index: Named<Index>): Draft {
  return step({
    title: `Drop the old index ${index.name} of ${display(index.table)}`,
    phase: 'contract',
    sql: [dropConcurrently(at(index))],
    down: [renderChange({ kind: 'create-index', index, concurrently: true, ifNotExists: false })],
    transaction: false,
    locks: [lock(index.table, 'ShareUpdateExclusiveLock')],
    lockTimeoutMs: backgroundMs,
    statementTimeoutMs: backgroundMs,
    criteria: [],
    because: `The new index serves its queries already. ${manual('sql-dropindex')}`,
  });
}

function rename(index: Named<Index>, name: string): Draft {
  return step({
    title: `Give the new index of ${display(index.table)} the name ${index.name}`,
    phase: 'contract',
    sql: [renderChange({ kind: 'rename-index', index: { ...index.table, name }, to: index.name })],
    down: [renderChange({ kind: 'rename-index', index: at(index), to: name })],
    criteria: [indexIsValid(index)],
    because: `Changes the catalog only, and since PostgreSQL 12 under SHARE UPDATE EXCLUSIVE on the index. ${manual('sql-alterindex')}`,
  });
}

function at({ table, name }: Named<Index>): ObjectName {
  return { ...table, name };
}

/** A name that no index of the table has. */
function freeName({ table, name }: Named<Index>, catalog: Catalog): string {
  const taken = new Set(tableOf(catalog, table)?.indexes.map((index) => index.name));
  for (let pass = 0; ; pass++) {
    const free = makeObjectName(name, '', pass === 0 ? 'new' : `new${pass}`);
    if (!taken.has(free)) return free;
  }
}
