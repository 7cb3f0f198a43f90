import type { Catalog, Table } from '../../catalog.ts';
import type { ChangeKind, ChangeOf } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { elementOf, spelled } from '../../type-text.ts';
import { takenAlong } from './along.ts';
import { type LockTable, lockOn, noLock, type RelationLock, type Scene, scans } from './lock.ts';

/** Statements about types reach the tables that use them (manual: ALTER DOMAIN, ALTER TYPE, DROP TYPE). */
export const typeLocks = {
  'create-enum': noLock,
  'add-enum-value': noLock,
  'rename-enum-value': noLock,
  'create-domain': noLock,
  'alter-domain': alterDomain,
  'create-composite': noLock,
  // PostgreSQL refuses to change an attribute's type while a column uses the composite type.
  'alter-composite': noLock,
  'rename-type': noLock,
  'set-type-schema': noLock,
  'drop-type': ({ type, cascade }, { catalog }) => (cascade ? takenAlong({ kind: 'type', name: type }, catalog) : []),
} satisfies Partial<LockTable<ChangeKind>>;

/**
 * A new rule for the values is held against every column of the domain, in every table, while nobody can write to it (PostgreSQL
 * source, typecmds.c, get_rels_with_domain with ShareLock).
 */
function alterDomain({ domain, action }: ChangeOf<'alter-domain'>, { catalog }: Scene): readonly RelationLock[] {
  const isChecked =
    action.kind === 'set-not-null' ||
    action.kind === 'validate-constraint' ||
    (action.kind === 'add-check' && action.check.validated);
  return isChecked ? usersOf(domain, catalog).map(({ name }) => lockOn(name, 'ShareLock', scans)) : [];
}

/** The tables with a column of a domain, of a domain over it, or of an array of it. */
function usersOf(domain: ObjectName, { tables, domains }: Catalog): readonly Table[] {
  const spellings = new Set([spelled(domain)]);
  for (let size = 0; size !== spellings.size; ) {
    size = spellings.size;
    for (const each of domains.values()) if (spellings.has(elementOf(each.type))) spellings.add(spelled(each.name));
  }
  return [...tables.values()].filter(({ columns }) => columns.some(({ type }) => spellings.has(elementOf(type))));
}
