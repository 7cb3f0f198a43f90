import type { Rule } from '../../rule.ts';
import { columnTypeNarrowing } from './column-type-narrowing.ts';
import { deleteWithoutWhere } from './delete-without-where.ts';
import { dropAttribute } from './drop-attribute.ts';
import { dropCascade } from './drop-cascade.ts';
import { dropColumn } from './drop-column.ts';
import { dropDatabase } from './drop-database.ts';
import { dropExtension } from './drop-extension.ts';
import { dropOwned } from './drop-owned.ts';
import { dropSchema } from './drop-schema.ts';
import { dropSequence } from './drop-sequence.ts';
import { dropTable } from './drop-table.ts';
import { dropType } from './drop-type.ts';
import { truncate } from './truncate.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const dataLoss: readonly Rule[] = [
  columnTypeNarrowing,
  deleteWithoutWhere,
  dropAttribute,
  dropCascade,
  dropColumn,
  dropDatabase,
  dropExtension,
  dropOwned,
  dropSchema,
  dropSequence,
  dropTable,
  dropType,
  truncate,
];
