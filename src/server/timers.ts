import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';

/** Runs `task` now and then every so many seconds, never twice at once. A failure is logged, and the next turn tries again. */
export function every(seconds: number, what: string, task: () => Promise<void>, log: Log): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => {};
  const running = (async () => {
    while (!stopped) {
      try {
        await task();
      } catch (error) {
        log.error({ error: messageOf(error) }, `${what} failed`);
      }
      if (!stopped) await pause();
    }
  })();

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
