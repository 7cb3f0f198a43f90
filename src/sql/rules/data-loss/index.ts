import type { Rule } from '../../rule.ts';
import { columnTypeNarrowing } from './column-type-narrowing.ts';
import { deleteWithoutWhere } from './delete-without-where.ts';
import { dropCascade } from './drop-cascade.ts';
import { dropColumn } from './drop-column.ts';
import { dropTable } from './drop-table.ts';
import { truncate } from './truncate.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const dataLoss: readonly Rule[] = [
  columnTypeNarrowing,
  deleteWithoutWhere,
  dropCascade,
  dropColumn,
  dropTable,
  truncate,
];
