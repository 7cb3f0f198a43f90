import type { Rule } from '../../rule.ts';
import { attachPartitionScan } from './attach-partition-scan.ts';
import { checkNotValid } from './check-not-valid.ts';
import { clusterOrVacuumFull } from './cluster-or-vacuum-full.ts';
import { columnTypeRewrite } from './column-type-rewrite.ts';
import { detachPartitionLock } from './detach-partition-lock.ts';
import { domainColumnRewrite } from './domain-column-rewrite.ts';
import { domainConstraintScan } from './domain-constraint-scan.ts';
import { exclusionConstraintLock } from './exclusion-constraint-lock.ts';
import { foreignKeyNotValid } from './foreign-key-not-valid.ts';
import { lockTable } from './lock-table.ts';
import { locksInOneTransaction } from './locks-in-one-transaction.ts';
import { longStatementUnderLock } from './long-statement-under-lock.ts';
import { missingLockTimeout } from './missing-lock-timeout.ts';
import { missingStatementTimeout } from './missing-statement-timeout.ts';
import { onlineDdlClause } from './online-ddl-clause.ts';
import { refreshMaterializedView } from './refresh-materialized-view.ts';
import { requireConcurrentIndex } from './require-concurrent-index.ts';
import { requireConcurrentIndexDrop } from './require-concurrent-index-drop.ts';
import { requireConcurrentReindex } from './require-concurrent-reindex.ts';
import { serialOrIdentityRewrite } from './serial-or-identity-rewrite.ts';
import { setAccessMethodRewrite } from './set-access-method-rewrite.ts';
import { setExpressionRewrite } from './set-expression-rewrite.ts';
import { setLoggedRewrite } from './set-logged-rewrite.ts';
import { setNotNullScan } from './set-not-null-scan.ts';
import { setTablespaceRewrite } from './set-tablespace-rewrite.ts';
import { storedGeneratedRewrite } from './stored-generated-rewrite.ts';
import { triggerLock } from './trigger-lock.ts';
import { uniqueConstraintLock } from './unique-constraint-lock.ts';
import { updateWithoutWhere } from './update-without-where.ts';
import { validateInSameTransaction } from './validate-in-same-transaction.ts';
import { volatileDefault } from './volatile-default.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const locking: readonly Rule[] = [
  attachPartitionScan,
  checkNotValid,
  clusterOrVacuumFull,
  columnTypeRewrite,
  detachPartitionLock,
  domainColumnRewrite,
  domainConstraintScan,
  exclusionConstraintLock,
  foreignKeyNotValid,
  lockTable,
  locksInOneTransaction,
  longStatementUnderLock,
  missingLockTimeout,
  missingStatementTimeout,
  onlineDdlClause,
  refreshMaterializedView,
  requireConcurrentIndex,
  requireConcurrentIndexDrop,
  requireConcurrentReindex,
  serialOrIdentityRewrite,
  setAccessMethodRewrite,
  setExpressionRewrite,
  setLoggedRewrite,
  setNotNullScan,
  setTablespaceRewrite,
  storedGeneratedRewrite,
  triggerLock,
  uniqueConstraintLock,
  updateWithoutWhere,
  validateInSameTransaction,
  volatileDefault,
];
