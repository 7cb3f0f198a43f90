import { columnOf, tableOf } from '../../catalog.ts';
import type { ChangeKind, Column } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { isProvenNotNull } from '../not-null.ts';
import { isFreeTypeChange } from '../type-changes.ts';
import {
  type LockTable,
  lockOn,
  onFamily,
  onReferenced,
  type RelationLock,
  rewrites,
  type Scene,
  scans,
  type Work,
} from './lock.ts';
import { foreignKeysOf, referrersOf } from './relations.ts';

/** ALTER TABLE's commands about columns (manual, ALTER TABLE: "An ACCESS EXCLUSIVE lock is acquired unless explicitly noted"). */
export const columnLocks = {
  'add-column': ({ table, column }, scene) => onFamily(table, scene, 'AccessExclusiveLock', workOf(column, scene)),
  'drop-column': (change, scene) => {
    const { table, column, cascade } = change;
    const keys = foreignKeysOf(tableOf(scene.catalog, table)).filter(({ columns }) => columns.includes(column));
    return [
      ...onFamily(table, scene, 'AccessExclusiveLock'),
      ...onReferenced(keys, table, 'AccessExclusiveLock'),
      ...(cascade ? referrersTo(table, column, scene) : []),
    ];
  },
  'rename-column': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
  'change-column-type': ({ table, column, type, using }, scene) => {
    const from = columnIn(table, column, scene)?.type;
    const isFree = using === undefined && from !== undefined && isFreeTypeChange(from, type);
    const keys = foreignKeysOf(tableOf(scene.catalog, table)).filter(({ columns }) => columns.includes(column));
    return [
      ...onFamily(table, scene, 'AccessExclusiveLock', isFree ? {} : rewrites),
      // Foreign keys that involve the column are made again.
      ...onReferenced(keys, table, 'AccessExclusiveLock'),
      ...referrersTo(table, column, scene),
    ];
  },
  'set-not-null': ({ table, column }, scene) => {
    const isProven = isProvenNotNull(tableOf(scene.catalog, table), column, scene.version);
    return onFamily(table, scene, 'AccessExclusiveLock', isProven ? {} : scans);
  },
  'drop-not-null': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
  'set-default': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
  'drop-default': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
  'add-identity': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
  'drop-identity': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
  'set-expression': ({ table, column }, scene) => {
    const isStored = columnIn(table, column, scene)?.generated?.stored !== false;
    return onFamily(table, scene, 'AccessExclusiveLock', isStored ? rewrites : {});
  },
  'drop-expression': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
} satisfies Partial<LockTable<ChangeKind>>;

function columnIn(name: ObjectName, column: string, { catalog }: Scene): Column | undefined {
  const table = tableOf(catalog, name);
  return table === undefined ? undefined : columnOf(table, column);
}

/**
 * A value that differs from row to row is written into each of them; any other default is kept in the catalog (manual, ALTER
 * TABLE, Notes; since PostgreSQL 11).
 */
function workOf({ default: value, identity, generated, nullable }: Column, { version }: Scene): Work {
  if (identity !== undefined || generated?.stored === true || value?.volatility === 'volatile') return rewrites;
  if (value !== undefined) return version < 11 ? rewrites : {};
  return nullable || generated !== undefined ? {} : scans;
}

function referrersTo(table: ObjectName, column: string, { catalog }: Scene): readonly RelationLock[] {
  return referrersOf(table, catalog)
    .filter(({ keys }) => keys.some(({ referencedColumns }) => referencedColumns.includes(column)))
    .map((each) => lockOn(each.table.name, 'AccessExclusiveLock'));
}
