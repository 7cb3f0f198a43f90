import type { Rule } from '../../rule.ts';
import { backfillInOneStatement } from './backfill-in-one-statement.ts';
import { booleanIndex } from './boolean-index.ts';
import { combineAlters } from './combine-alters.ts';
import { duplicateIndexColumn } from './duplicate-index-column.ts';
import { foreignKeyIndex } from './foreign-key-index.ts';
import { functionOnIndexedColumn } from './function-on-indexed-column.ts';
import { largeIndexKey } from './large-index-key.ts';
import { leadingWildcard } from './leading-wildcard.ts';
import { notInSubquery } from './not-in-subquery.ts';
import { orderByRandom } from './order-by-random.ts';
import { policyFunctionPerRow } from './policy-function-per-row.ts';
import { randomUuidKey } from './random-uuid-key.ts';
import { redundantIndex } from './redundant-index.ts';
import { requirePrimaryKey } from './require-primary-key.ts';
import { selectStar } from './select-star.ts';
import { tooManyIndexes } from './too-many-indexes.ts';
import { wideIndex } from './wide-index.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const performance: readonly Rule[] = [
  backfillInOneStatement,
  booleanIndex,
  combineAlters,
  duplicateIndexColumn,
  foreignKeyIndex,
  functionOnIndexedColumn,
  largeIndexKey,
  leadingWildcard,
  notInSubquery,
  orderByRandom,
  policyFunctionPerRow,
  randomUuidKey,
  redundantIndex,
  requirePrimaryKey,
  selectStar,
  tooManyIndexes,
  wideIndex,
];
