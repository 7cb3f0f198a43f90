import { dependsOnRows } from './on-rows.ts';
import { mayFailOnRows } from './prove.ts';
import type { WalkOptions, WalkOutcome } from './walk.ts';

/** What came of a plan in the end. */
export interface OnRows extends Omit<WalkOutcome, 'code'> {
  /** Whether it does not stand the rows that were made up first. */
  readonly isOnOtherRows?: boolean;
}

/**
 * A plan on rows that are as awkward as its schema allows; where a step does not stand these, on well-kept ones, and last on none: made-up
 * rows must not condemn a plan that the real ones may stand. What was given up is a remark.
 */
export async function designOnRows(on: (data: WalkOptions['data']) => Promise<WalkOutcome>): Promise<OnRows> {
  const first = await on('wide');
  if (!failsOnRows(first, ['23502'])) return bare(first);
  const second = await on('distinct');
  if (!failsOnRows(second)) return remarking(second, first, awkward);
  return mayFailOnRows(second.plan) ? remarking(await on(undefined), second, none) : bare(second);
}

function failsOnRows({ code }: WalkOutcome, more: readonly string[] = []): boolean {
  return code !== undefined && (dependsOnRows(code) || more.includes(code));
}

const awkward =
  'so the plan was carried out on rows without NULLs, duplicates and extreme values: whether it stands such rows is not known';
const none = 'so the plan was carried out on empty tables: whether it stands the real rows is not known';

function remarking(outcome: WalkOutcome, { proof: { failure } }: WalkOutcome, instead: string): OnRows {
  const { proof, ...designed } = bare(outcome);
  const remark = `step ${failure?.step} fails on made-up rows (${failure?.message}), ${instead}`;
  return { ...designed, proof: { ...proof, remarks: [remark, ...(proof.remarks ?? [])] }, isOnOtherRows: true };
}

function bare({ code: _code, ...design }: WalkOutcome): OnRows {
  return design;
}
