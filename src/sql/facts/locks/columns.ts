import { columnOf, tableOf } from '../../catalog.ts';
import type { ChangeKind, Column } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { effectiveDefault } from '../domains.ts';
import { causeOfRewrite } from '../new-columns.ts';
import { isProvenNotNull } from '../not-null.ts';
import { typeChangeOf } from '../type-changes.ts';
import { takenAlong } from './along.ts';
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
  'add-column': ({ table, column, ifNotExists }, scene) => {
    const isThere = ifNotExists && columnIn(table, column.name, scene) !== undefined;
    return onFamily(table, scene, 'AccessExclusiveLock', isThere ? {} : workOf(column, scene));
  },
  'drop-column': (change, scene) => {
    const { table, column, cascade } = change;
    const keys = foreignKeysOf(tableOf(scene.catalog, table)).filter(({ columns }) => columns.includes(column));
    return [
      ...onFamily(table, scene, 'AccessExclusiveLock'),
      ...onReferenced(keys, table, 'AccessExclusiveLock'),
      ...(cascade ? takenAlong({ kind: 'column', of: table, part: column }, scene.catalog) : []),
    ];
  },
  'rename-column': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
  'change-column-type': (change, scene) => {
    const { table, column } = change;
    // Of a table that is not known the worst is said.
    const { effect } = typeChangeOf(change, scene) ?? { effect: 'rewrite' };
    const work = effect === 'rewrite' ? rewrites : effect === 'none' ? {} : scans;
    const keys = foreignKeysOf(tableOf(scene.catalog, table)).filter(({ columns }) => columns.includes(column));
    // Foreign keys that involve the column are made again, and checked where its values are written anew.
    const checked = effect === 'rewrite' ? scans : {};
    return [
      ...onFamily(table, scene, 'AccessExclusiveLock', work),
      ...onReferenced(keys, table, 'AccessExclusiveLock', checked),
      ...referrersTo(table, column, scene, checked),
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

/** What adding a column does to the rows that are there: NOT NULL without a value is looked for in every one of them. */
function workOf(column: Column, { catalog, version }: Scene): Work {
  if (causeOfRewrite(column, { before: catalog, version }) !== undefined) return rewrites;
  const isFilled = column.generated !== undefined || effectiveDefault(column, catalog) !== undefined;
  return column.nullable || isFilled ? {} : scans;
}

function referrersTo(table: ObjectName, column: string, { catalog }: Scene, work: Work): readonly RelationLock[] {
  return referrersOf(table, catalog)
    .filter(({ keys }) => keys.some(({ referencedColumns }) => referencedColumns.includes(column)))
    .map((each) => lockOn(each.table.name, 'AccessExclusiveLock', work));
}
