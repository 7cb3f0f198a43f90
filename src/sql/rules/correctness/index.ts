import type { Rule } from '../../rule.ts';
import { concurrentInTransaction } from './concurrent-in-transaction.ts';
import { requiredColumn } from './required-column.ts';
import { unreadCode } from './unread-code.ts';

/** Every rule of this folder. A new rule is a new file and one line here. */
export const correctness: readonly Rule[] = [concurrentInTransaction, requiredColumn, unreadCode];
