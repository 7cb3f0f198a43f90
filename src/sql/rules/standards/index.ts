import type { Rule } from '../../rule.ts';
import { ignoreComment } from './ignore-comment.ts';
import { missingDownMigration } from './missing-down-migration.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const standards: readonly Rule[] = [ignoreComment, missingDownMigration];
