import type { Rule } from '../../rule.ts';
import { collations } from './collations.ts';
import { columnOrder } from './column-order.ts';
import { columnTypes } from './column-types.ts';
import { constrainedDomain } from './constrained-domain.ts';
import { constraintName } from './constraint-name.ts';
import { dropName } from './drop-name.ts';
import { enumValuePosition } from './enum-value-position.ts';
import { ignoreComment } from './ignore-comment.ts';
import { indexMethods } from './index-methods.ts';
import { insertColumns } from './insert-columns.ts';
import { maxCharacterLength } from './max-character-length.ts';
import { maxColumns } from './max-columns.ts';
import { missingDownMigration } from './missing-down-migration.ts';
import { mixedStatements } from './mixed-statements.ts';
import { naming } from './naming.ts';
import { noChar } from './no-char.ts';
import { noEnums } from './no-enums.ts';
import { noForeignKeys } from './no-foreign-keys.ts';
import { noFunctions } from './no-functions.ts';
import { noInherits } from './no-inherits.ts';
import { noMoney } from './no-money.ts';
import { noPartitions } from './no-partitions.ts';
import { noRules } from './no-rules.ts';
import { noTriggers } from './no-triggers.ts';
import { noViews } from './no-views.ts';
import { notNullDefault } from './not-null-default.ts';
import { onDeleteCascade } from './on-delete-cascade.ts';
import { preferBigint } from './prefer-bigint.ts';
import { preferIdentity } from './prefer-identity.ts';
import { preferJsonb } from './prefer-jsonb.ts';
import { preferText } from './prefer-text.ts';
import { preferTimestamptz } from './prefer-timestamptz.ts';
import { primaryKeyType } from './primary-key-type.ts';
import { qualifiedNames } from './qualified-names.ts';
import { quotedIdentifier } from './quoted-identifier.ts';
import { requireComment } from './require-comment.ts';
import { requireNotNull } from './require-not-null.ts';
import { requiredColumns } from './required-columns.ts';
import { unloggedTable } from './unlogged-table.ts';
import { unusedIgnore } from './unused-ignore.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const standards: readonly Rule[] = [
  collations,
  columnOrder,
  columnTypes,
  constrainedDomain,
  constraintName,
  dropName,
  enumValuePosition,
  ignoreComment,
  indexMethods,
  insertColumns,
  maxCharacterLength,
  maxColumns,
  missingDownMigration,
  mixedStatements,
  naming,
  noChar,
  noEnums,
  noForeignKeys,
  noFunctions,
  noInherits,
  noMoney,
  noPartitions,
  noRules,
  noTriggers,
  noViews,
  notNullDefault,
  onDeleteCascade,
  preferBigint,
  preferIdentity,
  preferJsonb,
  preferText,
  preferTimestamptz,
  primaryKeyType,
  qualifiedNames,
  quotedIdentifier,
  requireComment,
  requireNotNull,
  requiredColumns,
  unloggedTable,
  unusedIgnore,
];
