import type { ChangeKind } from '../../change.ts';
import { defaultSchema, keyOf } from '../../name.ts';
import { type LockTable, lockOn, noLock, onFamily, onReferenced } from './lock.ts';
import { foreignKeysOf, referrersOf } from './relations.ts';

/**
 * Statements about tables and views as a whole (manual: CREATE TABLE, DROP TABLE, ALTER TABLE, CREATE VIEW). What a statement
 * makes is in nobody's way; what it refers to is.
 */
export const tableLocks = {
  'create-schema': noLock,
  'rename-schema': noLock,
  'drop-schema': ({ schema, cascade }, { catalog }) => {
    if (!cascade) return [];
    const relations = [...catalog.tables.values(), ...catalog.views.values()];
    return relations
      .filter(({ name }) => (name.schema ?? defaultSchema) === schema)
      .map(({ name }) => lockOn(name, 'AccessExclusiveLock'));
  },
  'create-table': (change, { catalog }) => {
    const { table, constraints, partitionOf, inherits = [], like = [] } = change;
    // IF NOT EXISTS that finds the table stops before it takes any of them.
    if (change.ifNotExists && catalog.tables.has(keyOf(table))) return [];
    const keys = constraints.filter((constraint) => constraint.kind === 'foreign-key');
    const parent = partitionOf === undefined ? undefined : catalog.tables.get(keyOf(partitionOf));
    return [
      ...onReferenced([...keys, ...foreignKeysOf(parent)], table, 'ShareRowExclusiveLock'),
      ...inherits.map((each) => lockOn(each, 'ShareUpdateExclusiveLock')),
      ...like.map((each) => lockOn(each.table, 'AccessShareLock')),
      ...(partitionOf === undefined ? [] : [lockOn(partitionOf, 'AccessExclusiveLock')]),
    ];
  },
  'drop-table': ({ table, cascade }, scene) => {
    const known = scene.catalog.tables.get(keyOf(table));
    return [
      ...onFamily(table, scene, 'AccessExclusiveLock'),
      ...(known?.partitionOf === undefined ? [] : [lockOn(known.partitionOf, 'AccessExclusiveLock')]),
      // The triggers that keep a foreign key stand on the referenced table as well, and go with it.
      ...onReferenced(foreignKeysOf(known), table, 'AccessExclusiveLock'),
      ...(cascade
        ? referrersOf(table, scene.catalog).map((each) => lockOn(each.table.name, 'AccessExclusiveLock'))
        : []),
    ];
  },
  'rename-table': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
  'set-table-schema': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
  'create-view': ({ view, replace, uses = [] }, { catalog }) => [
    ...uses.map(({ relation }) => lockOn(relation, 'AccessShareLock')),
    ...(replace && catalog.views.has(keyOf(view)) ? [lockOn(view, 'AccessExclusiveLock')] : []),
  ],
  'drop-view': ({ view }) => [lockOn(view, 'AccessExclusiveLock')],
  comment: ({ table }) => [lockOn(table, 'ShareUpdateExclusiveLock')],
  'create-extension': noLock,
  'drop-extension': noLock,
  'create-sequence': noLock,
  'drop-sequence': noLock,
  'set-sequence-owner': noLock,
  'drop-database': noLock,
  'drop-object': noLock,
} satisfies Partial<LockTable<ChangeKind>>;
