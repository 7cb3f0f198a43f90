import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../faults/faults.ts';
import type { Outgoing } from './api.ts';

/** What the faults in force make of a request before it is performed: an answer, a broken connection, or nothing. */
export async function beforePerforming(
  faults: readonly Fault[],
  wallClock: () => number,
): Promise<Outgoing | 'reset' | undefined> {
  for (const fault of faults) {
    switch (fault.kind) {
      case 'latency':
        await sleep(fault.ms);
        break;
      case 'reset':
        return 'reset';
      case 'status':
        return refused(fault.status, fault.message ?? 'Server Error', {});
      case 'missing':
        return refused(404, 'Not Found', {});
      case 'secondary-limit':
        return refused(
          403,
          'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
          {
            'Retry-After': String(fault.retryAfter),
          },
        );
      case 'primary-limit':
        return refused(403, 'API rate limit exceeded', {
          'X-RateLimit-Limit': '5000',
          'X-RateLimit-Remaining': '0',
          'X-RateLimit-Reset': String(Math.floor(wallClock() / 1000) + fault.resetIn),
        });
      case 'forbidden':
      case 'delivery':
        break;
    }
  }
  return undefined;
}

function refused(status: number, message: string, headers: Readonly<Record<string, string>>): Outgoing {
  const body = JSON.stringify({ message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers }, body };
}
