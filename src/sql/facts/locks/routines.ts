import type { ChangeKind } from '../../change.ts';
import { takenAlong } from './along.ts';
import { type LockTable, lockOn, noLock, onFamily } from './lock.ts';

/** Triggers, policies and row security (manual: CREATE TRIGGER, ALTER TABLE, "Explicit Locking"); functions and rights lock no table. */
export const routineLocks = {
  'create-function': noLock,
  'alter-function': noLock,
  'drop-function': ({ function: name, cascade }, { catalog }) =>
    cascade ? takenAlong({ kind: 'function', name }, catalog) : [],
  'rename-function': noLock,
  'create-trigger': ({ table }, scene) => onFamily(table, scene, 'ShareRowExclusiveLock'),
  'drop-trigger': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
  'rename-trigger': ({ table }, scene) => onFamily(table, scene, 'AccessExclusiveLock'),
  'toggle-trigger': ({ table }, scene) => onFamily(table, scene, 'ShareRowExclusiveLock'),
  'dynamic-sql': noLock,
  'create-policy': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
  'alter-policy': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
  'drop-policy': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
  'rename-policy': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
  'set-row-security': ({ table }) => [lockOn(table, 'AccessExclusiveLock')],
  grant: noLock,
  revoke: noLock,
  'grant-role': noLock,
  'revoke-role': noLock,
  'create-role': noLock,
  'alter-role': noLock,
  'drop-role': noLock,
  'create-language': noLock,
  connect: noLock,
} satisfies Partial<LockTable<ChangeKind>>;
