import { tableOf } from '../../catalog.ts';
import type { ChangeKind } from '../../change.ts';
import { keyOf } from '../../name.ts';
import { takenAlong } from './along.ts';
import { type LockTable, lockOn, noLock, onFamily, onReferenced } from './lock.ts';
import { onDefaultPartition } from './partitions.ts';
import { foreignKeysOf } from './relations.ts';

/**
 * Statements about tables and views as a whole (manual: CREATE TABLE, DROP TABLE, ALTER TABLE, CREATE VIEW). What a statement
 * makes is in nobody's way; what it refers to is.
 */
export const tableLocks = {
  'create-schema': noLock,
  'rename-schema': noLock,
  'drop-schema': ({ schema, cascade }, { catalog }) =>
    cascade ? takenAlong({ kind: 'schema', name: { name: schema } }, catalog) : [],
  'create-table': (change, scene) => {
    const { table, constraints, partitionOf, inherits = [], like = [] } = change;
    // IF NOT EXISTS that finds the table stops before it takes any of them.
    if (change.ifNotExists && tableOf(scene.catalog, table) !== undefined) return [];
    const keys = constraints.filter((constraint) => constraint.kind === 'foreign-key');
    const parents = partitionOf === undefined ? [] : foreignKeysOf(tableOf(scene.catalog, partitionOf));
    return [
      ...onReferenced([...keys, ...parents], table, 'ShareRowExclusiveLock'),
      ...inherits.map((each) => lockOn(each, 'ShareUpdateExclusiveLock')),
      ...like.map((each) => lockOn(each.table, 'AccessShareLock')),
      ...(partitionOf === undefined
        ? []
        : [lockOn(partitionOf, 'AccessExclusiveLock'), ...onDefaultPartition(partitionOf, scene)]),
    ];
  },
  'drop-table': ({ table, cascade }, scene) => {
    const known = tableOf(scene.catalog, table);
    const parent = known?.partitionOf;
    return [
      ...onFamily(table, scene, 'AccessExclusiveLock'),
      ...(parent === undefined ? [] : [lockOn(parent, 'AccessExclusiveLock')]),
      // The triggers that keep a foreign key stand on the referenced table as well, and go with it.
      ...onReferenced(foreignKeysOf(known), table, 'AccessExclusiveLock'),
      ...(cascade ? takenAlong({ kind: 'table', name: table }, scene.catalog) : []),
    ];
  },
  'rename-table': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
  'set-table-schema': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
  'create-view': ({ view, replace, uses = [] }, { catalog }) => [
    ...uses.map(({ relation }) => lockOn(relation, 'AccessShareLock')),
    ...(replace && catalog.views.has(keyOf(view)) ? [lockOn(view, 'AccessExclusiveLock')] : []),
  ],
  'drop-view': ({ view, materialized, cascade }, { catalog }) => [
    lockOn(view, 'AccessExclusiveLock'),
    ...(cascade ? takenAlong({ kind: materialized ? 'materialized-view' : 'view', name: view }, catalog) : []),
  ],
  comment: ({ table }) => [lockOn(table, 'ShareUpdateExclusiveLock')],
  'create-extension': noLock,
  'drop-extension': ({ extension, cascade }, { catalog }) =>
    cascade ? takenAlong({ kind: 'extension', name: { name: extension } }, catalog) : [],
  'create-sequence': noLock,
  'set-sequence-owner': noLock,
  'rename-sequence': noLock,
  'drop-sequence': ({ sequence, cascade }, { catalog }) =>
    cascade ? takenAlong({ kind: 'sequence', name: sequence }, catalog) : [],
  'drop-database': noLock,
  'drop-object': noLock,
} satisfies Partial<LockTable<ChangeKind>>;
