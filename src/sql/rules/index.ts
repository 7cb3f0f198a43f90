import type { Rule } from '../rule.ts';
import { checkNotValid } from './check-not-valid.ts';
import { columnTypeRewrite } from './column-type-rewrite.ts';
import { concurrentInTransaction } from './concurrent-in-transaction.ts';
import { deleteWithoutWhere } from './delete-without-where.ts';
import { dropCascade } from './drop-cascade.ts';
import { dropColumn } from './drop-column.ts';
import { dropTable } from './drop-table.ts';
import { foreignKeyNotValid } from './foreign-key-not-valid.ts';
import { ignoreComment } from './ignore-comment.ts';
import { missingLockTimeout } from './missing-lock-timeout.ts';
import { onlineDdlClause } from './online-ddl-clause.ts';
import { renameColumn } from './rename-column.ts';
import { renameTable } from './rename-table.ts';
import { requireConcurrentIndex } from './require-concurrent-index.ts';
import { requireConcurrentIndexDrop } from './require-concurrent-index-drop.ts';
import { requirePrimaryKey } from './require-primary-key.ts';
import { requiredColumn } from './required-column.ts';
import { setNotNullScan } from './set-not-null-scan.ts';
import { truncate } from './truncate.ts';
import { uniqueConstraintLock } from './unique-constraint-lock.ts';
import { unreadCode } from './unread-code.ts';
import { updateWithoutWhere } from './update-without-where.ts';
import { validateInSameTransaction } from './validate-in-same-transaction.ts';
import { volatileDefault } from './volatile-default.ts';

/** Every rule, in the order of their ids. A new rule is a new file and one line here. */
export const rules: readonly Rule[] = [
  checkNotValid,
  columnTypeRewrite,
  concurrentInTransaction,
  deleteWithoutWhere,
  dropCascade,
  dropColumn,
  dropTable,
  foreignKeyNotValid,
  ignoreComment,
  missingLockTimeout,
  onlineDdlClause,
  renameColumn,
  renameTable,
  requireConcurrentIndex,
  requireConcurrentIndexDrop,
  requirePrimaryKey,
  requiredColumn,
  setNotNullScan,
  truncate,
  uniqueConstraintLock,
  unreadCode,
  updateWithoutWhere,
  validateInSameTransaction,
  volatileDefault,
];
