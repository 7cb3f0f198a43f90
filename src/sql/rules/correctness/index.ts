import type { Rule } from '../../rule.ts';
import { compositeTypeChange } from './composite-type-change.ts';
import { concurrentDetachRefused } from './concurrent-detach-refused.ts';
import { concurrentDropOfSeveral } from './concurrent-drop-of-several.ts';
import { concurrentIfNotExists } from './concurrent-if-not-exists.ts';
import { concurrentInTransaction } from './concurrent-in-transaction.ts';
import { concurrentIndexOnPartitioned } from './concurrent-index-on-partitioned.ts';
import { concurrentRefreshRefused } from './concurrent-refresh-refused.ts';
import { downNotInverse } from './down-not-inverse.ts';
import { dropBlocked } from './drop-blocked.ts';
import { duplicateAssignment } from './duplicate-assignment.ts';
import { duplicateObject } from './duplicate-object.ts';
import { duplicateVersion } from './duplicate-version.ts';
import { editedMigration } from './edited-migration.ts';
import { enumValueInTransaction } from './enum-value-in-transaction.ts';
import { equalsNull } from './equals-null.ts';
import { foreignKeyRefused } from './foreign-key-refused.ts';
import { foreignKeyType } from './foreign-key-type.ts';
import { identifierTooLong } from './identifier-too-long.ts';
import { needsNewerVersion } from './needs-newer-version.ts';
import { nestedTransaction } from './nested-transaction.ts';
import { notRepeatable } from './not-repeatable.ts';
import { notValidOnPartitioned } from './not-valid-on-partitioned.ts';
import { outOfOrderVersion } from './out-of-order-version.ts';
import { psqlCommand } from './psql-command.ts';
import { requiredColumn } from './required-column.ts';
import { templatePlaceholder } from './template-placeholder.ts';
import { typeChangeNeedsUsing } from './type-change-needs-using.ts';
import { uncommittedTransaction } from './uncommitted-transaction.ts';
import { uniqueConstantDefault } from './unique-constant-default.ts';
import { uniqueMayFail } from './unique-may-fail.ts';
import { uniqueWithoutPartitionKey } from './unique-without-partition-key.ts';
import { unknownObject } from './unknown-object.ts';
import { unreadCode } from './unread-code.ts';
import { usingIndexRefused } from './using-index-refused.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const correctness: readonly Rule[] = [
  compositeTypeChange,
  concurrentDetachRefused,
  concurrentDropOfSeveral,
  concurrentIfNotExists,
  concurrentInTransaction,
  concurrentIndexOnPartitioned,
  concurrentRefreshRefused,
  downNotInverse,
  dropBlocked,
  duplicateAssignment,
  duplicateObject,
  duplicateVersion,
  editedMigration,
  enumValueInTransaction,
  equalsNull,
  foreignKeyRefused,
  foreignKeyType,
  identifierTooLong,
  needsNewerVersion,
  nestedTransaction,
  notRepeatable,
  notValidOnPartitioned,
  outOfOrderVersion,
  psqlCommand,
  requiredColumn,
  templatePlaceholder,
  typeChangeNeedsUsing,
  uncommittedTransaction,
  uniqueConstantDefault,
  uniqueMayFail,
  uniqueWithoutPartitionKey,
  unknownObject,
  unreadCode,
  usingIndexRefused,
];
