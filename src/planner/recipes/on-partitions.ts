import { draftOf } from '../../sql/apply/draft.ts';
import { applyTo } from '../../sql/apply/index.ts';
import { type Catalog, tableOf } from '../../sql/catalog.ts';
import type { Constraint, Index } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { quoteName } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { constraintExists, indexExists, indexIsAttached, indexIsValid, noDuplicates } from '../criteria.ts';
import { type Named, nameConstraint, nameIndex } from '../names.ts';
import { type Draft, lock, manual, step } from '../recipe.ts';
import { partitionsOf, type Situation } from '../situation.ts';
import { type AddKey, attach, indexOfKey, isNullDistinct } from './add-key.ts';
import { concurrently } from './create-index.ts';

/** One partition's index, and the index above to which it is attached. */
interface Attachment {
  readonly table: ObjectName;
  readonly name: string;
  readonly above: ObjectName;
  readonly isLeaf: boolean;
}

/**
 * CREATE INDEX, "Building Indexes Concurrently": concurrent builds on partitioned tables are not supported, but an index ON ONLY
 * the partitioned table is there at once and invalid, the partitions' are built concurrently, and with the last that is
 * attached it becomes valid. A partition that comes meanwhile brings its own. What does not match is refused, and never built
 * under a lock instead.
 */
export function indexOnPartitions(index: Named<Index>, { catalog }: Situation): readonly Draft[] {
  const below = attachmentsOf({ ...index.table, name: index.name }, index.table, catalog, (table, now) => {
    const { name: _name, ...shape } = index;
    const named = nameIndex({ ...shape, table }, now);
    applyTo(now, { kind: 'create-index', index: { ...named, only: true }, concurrently: false, ifNotExists: false });
    return named.name;
  });
  const only = [{ table: index.table, name: index.name }, ...below.filter(({ isLeaf }) => !isLeaf)];
  return [
    ...only.map(({ table, name }) => indexOnly({ ...index, table, name, only: true })),
    ...below
      .filter(({ isLeaf }) => isLeaf)
      .map(({ table, name }) => withPreconditions(concurrently({ ...index, table, name }), index, table)),
    ...attachEach(below, dropIndex(index), [indexIsValid(index)]),
  ];
}

function withPreconditions(build: Draft, { unique, keys, where, nullsNotDistinct }: Index, table: ObjectName): Draft {
  const columns = keys.flatMap(({ column }) => column ?? []);
  if (!unique || where !== undefined || columns.length < keys.length) return build;
  return { ...build, preconditions: [noDuplicates(table, columns, nullsNotDistinct !== true)] };
}

function indexOnly(index: Named<Index>): Draft {
  return step({
    title: `Create ${index.unique ? 'unique ' : ''}index ${index.name} on ${display(index.table)} alone, not valid yet`,
    phase: 'expand',
    sql: [renderChange({ kind: 'create-index', index, concurrently: false, ifNotExists: true })],
    down: [dropIndex(index)],
    locks: [lock(index.table, 'ShareLock')],
    criteria: [indexExists(index)],
    because: `ON ONLY builds nothing: a partitioned table holds no rows of its own, so the lock is brief. ${manual('sql-createindex')}`,
  });
}

function dropIndex({ table, name }: Named<Index>): string {
  const index = { ...table, name };
  return renderChange({ kind: 'drop-index', index, concurrently: false, ifExists: true, cascade: false });
}

/** The same for a key: its constraint stands on the table alone, and each partition's is made of an index that was built concurrently. */
export function keyOnPartitions({ constraint, ...change }: AddKey, { catalog }: Situation): readonly Draft[] {
  const { table: root } = change;
  const { name: _name, ...shape } = constraint;
  const below = attachmentsOf({ ...root, name: constraint.name }, root, catalog, (table, now) => {
    const { name } = nameConstraint(table, shape as Constraint, now);
    applyTo(now, { kind: 'add-constraint', table, constraint: { ...shape, name } as Constraint, only: true });
    return name;
  });
  const only = [{ table: root, name: constraint.name }, ...below.filter(({ isLeaf }) => !isLeaf)];
  return [
    ...only.map(({ table, name }) => keyOnly({ ...change, table, constraint: { ...constraint, name } })),
    ...below
      .filter(({ isLeaf }) => isLeaf)
      .flatMap(({ table, name }) => {
        const own = { ...change, table, constraint: { ...constraint, name } };
        const unique = noDuplicates(table, constraint.columns, isNullDistinct(constraint));
        return [
          { ...concurrently(indexOfKey(own)), preconditions: [unique] },
          attach({ ...own, constraint: { ...own.constraint, usingIndex: name } }),
        ];
      }),
    ...attachEach(below, dropKey(root, constraint.name), [
      constraintExists(root, constraint, true),
      indexIsValid({ ...indexOfKey({ table: root, constraint }), name: constraint.name }),
    ]),
  ];
}

function keyOnly({ table, constraint, ...change }: AddKey): Draft {
  const add = renderChange({ ...change, table, constraint });
  return step({
    title: `Add ${constraint.kind.replace('-', ' ')} ${constraint.name} to ${display(table)} alone, not valid yet`,
    phase: 'expand',
    sql: [add.replace(/^ALTER TABLE /, 'ALTER TABLE ONLY ')],
    down: [dropKey(table, constraint.name)],
    locks: [lock(table, 'AccessExclusiveLock')],
    criteria: [constraintExists(table, constraint, true)],
    because: `ONLY builds nothing: a partitioned table holds no rows of its own, so the lock is brief. ${manual('sql-altertable')}`,
  });
}

function dropKey(table: ObjectName, name: string): string {
  return renderChange({ kind: 'drop-constraint', table, name, ifExists: true, cascade: false });
}

/** One at a time, from the leaves up, so that each is valid when it is attached and no lock is held while another is waited for. */
function attachEach(below: readonly Attachment[], drop: string, criteria: Draft['criteria']): readonly Draft[] {
  return below.toReversed().map(({ table, name, above }, at) => {
    const index = { ...table, name };
    return step({
      title: `Attach index ${name} of ${display(table)} to ${display(above)}`,
      phase: 'expand',
      sql: [`ALTER INDEX ${quoteName(above)} ATTACH PARTITION ${quoteName(index)}`],
      // What is attached cannot be dropped alone, and nothing detaches it: so all go with the index at the top.
      down: [drop],
      locks: [lock(table, 'AccessExclusiveLock')],
      criteria: [indexIsAttached(index, above), ...(at === below.length - 1 ? criteria : [])],
      because: `Changes the catalog only, and fails where the index does not match; with the last one, the index above becomes valid. Attaching what is attached does nothing. ${manual('sql-alterindex')}`,
    });
  });
}

/** What is under an index, from the top down. */
function attachmentsOf(
  above: ObjectName,
  table: ObjectName,
  catalog: Catalog,
  nameFor: (table: ObjectName, now: ReturnType<typeof draftOf>) => string,
  now = draftOf(catalog),
): readonly Attachment[] {
  return partitionsOf(catalog, table).flatMap(({ name: partition }) => {
    const name = nameFor(partition, now);
    const isLeaf = tableOf(catalog, partition)?.partitionBy === undefined;
    const own: Attachment = { table: partition, name, above, isLeaf };
    return isLeaf ? [own] : [own, ...attachmentsOf({ ...partition, name }, partition, catalog, nameFor, now)];
  });
}
