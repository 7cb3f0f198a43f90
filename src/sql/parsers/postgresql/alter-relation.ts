import type { AlterTableCmd } from 'libpg-query';
import type { BodyOf } from '../../change.ts';
import type { Command } from './alter-columns.ts';
import { nameOf } from './names.ts';
import { allOf, as } from './nodes.ts';
import { indexAt, isToken, type Read, textOf } from './reading.ts';

/** What is kept as rows are, and may be moved and tuned like a table. */
const stored: ReadonlySet<string> = new Set(['OBJECT_TABLE', 'OBJECT_INDEX', 'OBJECT_MATVIEW']);

/** What a command does to a relation as a whole; `undefined` where that is not modelled. */
export function relationCommand(command: Command, objtype: string): readonly Read[] | undefined {
  const change = stored.has(objtype) ? storageChange(command) : undefined;
  if (change !== undefined) return [change];
  const more = objtype === 'OBJECT_INDEX' ? attachIndex(command) : tableChange(command, objtype);
  return more === undefined ? undefined : [more];
}

function storageChange({ node, table }: Command): Read | undefined {
  switch (node.subtype) {
    case 'AT_SetTableSpace':
      return { kind: 'set-tablespace', table, tablespace: node.name ?? '' };
    case 'AT_SetAccessMethod':
      return { kind: 'set-access-method', table, method: node.name ?? 'default' };
    case 'AT_SetRelOptions':
    case 'AT_ResetRelOptions':
      return { kind: 'set-storage-parameters', table, parameters: parametersOf(node) };
    default:
      return undefined;
  }
}

function tableChange(command: Command, objtype: string): Read | undefined {
  if (objtype !== 'OBJECT_TABLE' && objtype !== 'OBJECT_FOREIGN_TABLE') return undefined;
  const { node, table } = command;
  switch (node.subtype) {
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
      return { kind: 'set-logged', table, logged: node.subtype === 'AT_SetLogged' };
    case 'AT_ReplicaIdentity':
      return replicaIdentity(command);
    case 'AT_AttachPartition':
      return attachPartition(command);
    case 'AT_DetachPartition':
    case 'AT_DetachPartitionFinalize':
      return {
        kind: 'detach-partition',
        table,
        partition: nameOf(as(node.def, 'PartitionCmd')?.name),
        concurrently: as(node.def, 'PartitionCmd')?.concurrent === true,
        finalize: node.subtype === 'AT_DetachPartitionFinalize',
      };
    case 'AT_AddInherit':
    case 'AT_DropInherit': {
      const parent = nameOf(as(node.def, 'RangeVar'));
      return { kind: 'set-inherit', table, parent, inherits: node.subtype === 'AT_AddInherit' };
    }
    case 'AT_EnableRowSecurity':
    case 'AT_DisableRowSecurity':
      return { kind: 'set-row-security', table, enabled: node.subtype === 'AT_EnableRowSecurity' };
    case 'AT_ForceRowSecurity':
    case 'AT_NoForceRowSecurity':
      return { kind: 'set-row-security', table, forced: node.subtype === 'AT_ForceRowSecurity' };
    default:
      return toggleTrigger(command);
  }
}

/** ENABLE TRIGGER in its modes; without a name, ALL or USER is meant. */
function toggleTrigger({ node: { subtype = 'AT_AddColumn', name }, table }: Command): Read | undefined {
  if (!/^AT_(?:Enable|Disable)(?:Always|Replica)?Trig/.test(subtype)) return undefined;
  const trigger = name === undefined ? {} : { trigger: name };
  return { kind: 'toggle-trigger', table, ...trigger, enabled: !subtype.startsWith('AT_Disable') };
}

const identities: Readonly<Record<string, BodyOf<'set-replica-identity'>['identity']>> = {
  d: 'default',
  f: 'full',
  n: 'nothing',
  i: 'index',
};

function replicaIdentity({ node, table }: Command): Read {
  const { identity_type = 'd', name } = as(node.def, 'ReplicaIdentityStmt') ?? {};
  const index = name === undefined ? {} : { index: name };
  return { kind: 'set-replica-identity', table, identity: identities[identity_type] ?? 'default', ...index };
}

function attachPartition({ node, table, reading, to }: Command): Read {
  const partition = as(node.def, 'PartitionCmd')?.name;
  let from = indexAt(reading, partition?.location) + 1;
  while (isToken(reading, from, '.')) from += 2;
  return { kind: 'attach-partition', table, partition: nameOf(partition), bound: textOf(reading, from, to) };
}

function attachIndex({ node, table }: Command): Read | undefined {
  if (node.subtype !== 'AT_AttachPartition') return undefined;
  return { kind: 'attach-index', index: table, partition: nameOf(as(node.def, 'PartitionCmd')?.name) };
}

/** `toast.autovacuum_enabled` keeps its namespace. */
function parametersOf({ def }: AlterTableCmd): readonly string[] {
  return allOf(as(def, 'List')?.items, 'DefElem').map(({ defnamespace, defname = '' }) =>
    defnamespace === undefined ? defname : `${defnamespace}.${defname}`,
  );
}
