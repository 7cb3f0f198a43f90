import type { Catalog, Table } from '../../catalog.ts';
import type { ChangeKind, ChangeOf } from '../../change.ts';
import { display, type ObjectName } from '../../name.ts';
import { type LockTable, lockOn, noLock, type RelationLock, type Scene, scans } from './lock.ts';

/** Statements about types reach the tables that use them (manual: ALTER DOMAIN, ALTER TYPE, DROP TYPE). */
export const typeLocks = {
  'create-enum': noLock,
  'add-enum-value': noLock,
  'rename-enum-value': noLock,
  'create-domain': noLock,
  'alter-domain': alterDomain,
  'create-composite': noLock,
  'alter-composite': noLock,
  'rename-type': noLock,
  'set-type-schema': noLock,
  'drop-type': ({ type, cascade }, { catalog }) =>
    cascade ? usersOf(type, catalog).map(({ name }) => lockOn(name, 'AccessExclusiveLock')) : [],
} satisfies Partial<LockTable<ChangeKind>>;

/** A new rule for the values is held against every column of the domain, in every table (manual, ALTER DOMAIN). */
function alterDomain({ domain, action }: ChangeOf<'alter-domain'>, { catalog }: Scene): readonly RelationLock[] {
  const isChecked =
    action.kind === 'set-not-null' ||
    action.kind === 'validate-constraint' ||
    (action.kind === 'add-check' && action.check.validated);
  return isChecked ? usersOf(domain, catalog).map(({ name }) => lockOn(name, 'ShareLock', scans)) : [];
}

/** The tables with a column of a type, or of an array of it. */
function usersOf(type: ObjectName, { tables }: Catalog): readonly Table[] {
  const text = display(type);
  return [...tables.values()].filter(({ columns }) =>
    columns.some((column) => column.type === text || column.type === `${text}[]`),
  );
}
