const delays = [5, 20, 60, 300];

/** Seconds to wait before trying a key again that has failed `attempt` times in a row, from 1. */
export function backoffSeconds(attempt: number): number {
  return delays[Math.min(Math.max(attempt, 1), delays.length) - 1] ?? 300;
}
