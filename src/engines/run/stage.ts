import type { Log } from '../../kernel/log.ts';

/** Says on the log how long a part of a longer work took: of a large schema nobody knows beforehand which part that is. */
export async function staged<Result>(log: Log, stage: string, work: () => Result | Promise<Result>): Promise<Result> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    log.debug({ stage, ms: performance.now() - started }, `${stage}: done`);
  }
}
