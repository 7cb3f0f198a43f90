import { tableOf } from '../../sql/catalog.ts';
import type { BodyOf, Constraint, Index } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { constraintExists, noDuplicates } from '../criteria.ts';
import type { Named } from '../names.ts';
import { type Draft, lock, manual, scanMs, step } from '../recipe.ts';
import { isEmpty, isSmall, type Situation } from '../situation.ts';
import { concurrently } from './create-index.ts';
import { keyOnPartitions } from './on-partitions.ts';

type Key = Named<Extract<Constraint, { readonly kind: 'unique' | 'primary-key' }>>;
export type AddKey = BodyOf<'add-constraint'> & { readonly constraint: Key };

/** A unique constraint or primary key from an index that was built while writes went on. */
export function addKey(change: AddKey, situation: Situation): readonly Draft[] {
  const { table, constraint } = change;
  if (constraint.usingIndex !== undefined) return [attach(change)];
  if (isEmpty(situation, table)) return [direct(change, 'The table holds no rows yet.', situation)];
  if (tableOf(situation.catalog, table)?.partitionBy !== undefined) {
    if (isSmall(situation, table)) return [direct(change, 'The table is small.', situation)];
    return keyOnPartitions(change, situation);
  }
  const build = concurrently(indexOfKey(change));
  const unique = noDuplicates(table, constraint.columns, isNullDistinct(constraint));
  return [
    { ...build, preconditions: [unique], criteria: [unique, ...build.criteria] },
    attach({ ...change, constraint: { ...constraint, usingIndex: constraint.name } }),
  ];
}

/** Two rows with NULL are not the same to a unique constraint, unless it says so (PostgreSQL 15). */
export function isNullDistinct(constraint: Key): boolean {
  return constraint.kind !== 'unique' || constraint.nullsNotDistinct !== true;
}

/** The index that a key takes over: its INCLUDE columns and NULLS NOT DISTINCT are the index's own. */
export function indexOfKey({ table, constraint }: Pick<AddKey, 'table' | 'constraint'>): Named<Index> {
  const keys = constraint.columns.map((column) => ({ column }));
  const { name, include = [] } = constraint;
  const nulls = isNullDistinct(constraint) ? {} : { nullsNotDistinct: true };
  return { name, table, method: 'btree', keys, include, unique: true, ...nulls };
}

export function attach(change: AddKey): Draft {
  const { table, constraint } = change;
  return step({
    title: `Make index ${constraint.usingIndex} the ${constraint.kind.replace('-', ' ')} ${constraint.name} of ${display(table)}`,
    phase: 'expand',
    sql: [renderChange(change)],
    down: [dropConstraint(change)],
    locks: [lock(table, 'AccessExclusiveLock')],
    criteria: [constraintExists(table, constraint, true)],
    because: `The index exists, so the constraint only changes the catalog; it fails, and changes nothing, if the index is invalid. ${manual('sql-altertable')}`,
  });
}

function direct(change: AddKey, why: string, situation: Situation): Draft {
  const { table, constraint } = change;
  return step({
    title: `Add ${constraint.kind.replace('-', ' ')} ${constraint.name} to ${display(table)}`,
    phase: 'expand',
    sql: [renderChange(change)],
    down: [dropConstraint(change)],
    locks: [lock(table, 'AccessExclusiveLock')],
    hazards: isEmpty(situation, table) ? [] : ['blocks-reads', 'blocks-writes', 'may-fail-on-existing-rows'],
    statementTimeoutMs: scanMs,
    criteria: [constraintExists(table, constraint, true)],
    because: `The index is built under an exclusive lock. ${why} ${manual('sql-altertable')}`,
  });
}

function dropConstraint({ table, constraint }: AddKey): string {
  return renderChange({ kind: 'drop-constraint', table, name: constraint.name, ifExists: true, cascade: false });
}
