import type { Rule } from '../../rule.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const security: readonly Rule[] = [];
