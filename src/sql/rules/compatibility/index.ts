import type { Rule } from '../../rule.ts';
import { dropConstraint } from './drop-constraint.ts';
import { dropDefault } from './drop-default.ts';
import { dropFunction } from './drop-function.ts';
import { dropIndexInUse } from './drop-index-in-use.ts';
import { dropNotNull } from './drop-not-null.ts';
import { dropTrigger } from './drop-trigger.ts';
import { dropView } from './drop-view.ts';
import { renameColumn } from './rename-column.ts';
import { renameEnumValue } from './rename-enum-value.ts';
import { renameFunction } from './rename-function.ts';
import { renameSchema } from './rename-schema.ts';
import { renameTable } from './rename-table.ts';
import { renameType } from './rename-type.ts';
import { renameView } from './rename-view.ts';
import { replaceView } from './replace-view.ts';
import { setSchema } from './set-schema.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const compatibility: readonly Rule[] = [
  dropConstraint,
  dropDefault,
  dropFunction,
  dropIndexInUse,
  dropNotNull,
  dropTrigger,
  dropView,
  renameColumn,
  renameEnumValue,
  renameFunction,
  renameSchema,
  renameTable,
  renameType,
  renameView,
  replaceView,
  setSchema,
];
