import type { Rule } from '../rule.ts';
import { compatibility } from './compatibility/index.ts';
import { correctness } from './correctness/index.ts';
import { dataLoss } from './data-loss/index.ts';
import { locking } from './locking/index.ts';
import { performance } from './performance/index.ts';
import { security } from './security/index.ts';
import { standards } from './standards/index.ts';

/** Every rule, in the order of their ids; one folder per category. */
export const rules: readonly Rule[] = [
  ...compatibility,
  ...correctness,
  ...dataLoss,
  ...locking,
  ...performance,
  ...security,
  ...standards,
].toSorted((a, b) => (a.id < b.id ? -1 : 1));
