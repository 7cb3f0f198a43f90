import type { Rule } from '../../rule.ts';
import { requirePrimaryKey } from './require-primary-key.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const performance: readonly Rule[] = [requirePrimaryKey];
