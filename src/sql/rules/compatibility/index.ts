import type { Rule } from '../../rule.ts';
import { renameColumn } from './rename-column.ts';
import { renameTable } from './rename-table.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const compatibility: readonly Rule[] = [renameColumn, renameTable];
