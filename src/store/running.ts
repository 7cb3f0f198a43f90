import { setTimeout as delay } from 'node:timers/promises';
import type { JobData } from './addition.ts';

/** A job that this process has claimed. */
export interface Running {
  /** Names the job and the attempt, so that a claim which was lost meanwhile changes nothing. */
  readonly claim: { readonly id: string; readonly retryCount: number };
  readonly data: JobData;
  readonly abort: AbortController;
  done: Promise<void>;
}

/** Repeats `record` until it succeeds, with growing pauses, or until `signal` says that it is no longer ours to do. */
export async function settled(
  record: () => Promise<void>,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<void> {
  for (let pauseMs = 200; !signal.aborted; pauseMs = Math.min(pauseMs * 2, 10_000)) {
    try {
      return await record();
    } catch (error) {
      onFailure(error);
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
