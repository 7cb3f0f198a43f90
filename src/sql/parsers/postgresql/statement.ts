import type { Node } from 'libpg-query';
import * as access from './access.ts';
import { alterTable, moveAll } from './alter-table.ts';
import * as connections from './connections.ts';
import { createForeignTable, createTable, createTableAs } from './create-table.ts';
import * as data from './data.ts';
import { doBlock } from './do-block.ts';
import * as drops from './drop.ts';
import { createIndex } from './indexes.ts';
import * as maintenance from './maintenance.ts';
import { allOf, type NodeKind, type NodeOf } from './nodes.ts';
import * as objects from './objects.ts';
import { otherOn, otherStatement } from './other.ts';
import type { Read, Reading } from './reading.ts';
import { rename, setSchema } from './rename.ts';
import * as routines from './routines.ts';
import * as session from './session.ts';
import * as types from './types.ts';
import { createView } from './views.ts';

type Readers = { readonly [Kind in NodeKind]?: (node: NodeOf<Kind>, reading: Reading) => readonly Read[] };

/** One reader per kind of statement; a kind without one is `other`. */
const readers: Readers = {
  AlterDatabaseSetStmt: session.setForLater,
  AlterDefaultPrivilegesStmt: access.defaultPrivileges,
  AlterDomainStmt: types.alterDomain,
  AlterEnumStmt: types.alterEnum,
  AlterForeignServerStmt: connections.server,
  AlterFunctionStmt: routines.alterFunction,
  AlterObjectSchemaStmt: setSchema,
  AlterPolicyStmt: access.alterPolicy,
  AlterRoleStmt: access.alterRole,
  AlterSubscriptionStmt: connections.subscription,
  AlterUserMappingStmt: connections.userMapping,
  AlterSeqStmt: objects.alterSequence,
  AlterRoleSetStmt: session.setForLater,
  AlterSystemStmt: session.setForLater,
  AlterTableMoveAllStmt: moveAll,
  AlterTableStmt: (node, reading) =>
    node.objtype === 'OBJECT_TYPE' ? types.alterComposite(node, reading) : alterTable(node, reading),
  ClusterStmt: maintenance.cluster,
  CommentStmt: objects.comment,
  CompositeTypeStmt: types.createComposite,
  CopyStmt: data.copy,
  CreateDomainStmt: types.createDomain,
  CreateEnumStmt: types.createEnum,
  CreateExtensionStmt: objects.createExtension,
  CreateForeignServerStmt: connections.server,
  CreateForeignTableStmt: createForeignTable,
  CreateFunctionStmt: (node, reading) => routines.createFunction(node, reading, readStatement),
  CreatePLangStmt: access.createLanguage,
  CreatePolicyStmt: access.createPolicy,
  CreateRoleStmt: access.createRole,
  CreateSubscriptionStmt: connections.subscription,
  CreateUserMappingStmt: connections.userMapping,
  CreateSchemaStmt: (node, reading) => objects.createSchema(node, (element) => readStatement(element, reading)),
  CreateSeqStmt: objects.createSequence,
  CreateStatsStmt: (node, reading) => otherOn(allOf(node.relations, 'RangeVar'), reading),
  CreateStmt: createTable,
  CreateTableAsStmt: createTableAs,
  CreateTrigStmt: routines.createTrigger,
  DeleteStmt: data.deleteFrom,
  DiscardStmt: session.discard,
  DoStmt: (node, reading) => doBlock(node, reading, readStatement),
  DropdbStmt: drops.dropDatabase,
  DropOwnedStmt: drops.dropOwned,
  DropRoleStmt: drops.dropRole,
  DropStmt: drops.drop,
  DropSubscriptionStmt: drops.dropSubscription,
  DropTableSpaceStmt: drops.dropTablespace,
  DropUserMappingStmt: drops.dropUserMapping,
  ExplainStmt: (node, reading) => data.explain(node, reading, readStatement),
  GrantRoleStmt: access.grantRole,
  GrantStmt: access.grant,
  IndexStmt: createIndex,
  InsertStmt: data.insert,
  LockStmt: maintenance.lock,
  MergeStmt: data.merge,
  RefreshMatViewStmt: maintenance.refresh,
  ReindexStmt: maintenance.reindex,
  RenameStmt: rename,
  RuleStmt: (node, reading) => otherOn([node.relation], reading),
  SelectStmt: data.select,
  TransactionStmt: session.transaction,
  TruncateStmt: data.truncate,
  UpdateStmt: data.update,
  VacuumStmt: maintenance.vacuum,
  VariableSetStmt: session.setVariable,
  ViewStmt: createView,
};

/** The statements whose IF EXISTS is about all that they do. */
const alterations: ReadonlySet<string> = new Set([
  'AlterTableStmt',
  'RenameStmt',
  'AlterObjectSchemaStmt',
  'AlterSeqStmt',
] satisfies readonly NodeKind[]);

/** The changes that a statement's syntax tree stands for, in order. */
export function readStatement(tree: Node, reading: Reading): readonly Read[] {
  for (const [kind, node] of Object.entries(tree)) {
    const reader = readers[kind as NodeKind] as ((node: unknown, reading: Reading) => readonly Read[]) | undefined;
    if (reader === undefined) continue;
    const changes = reader(node, reading);
    return alterations.has(kind) && 'missing_ok' in node
      ? changes.map((each) => ({ ...each, optional: true }))
      : changes;
  }
  return otherStatement(reading);
}
