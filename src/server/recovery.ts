import type { GitHub } from '../github/port.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';

/** GitHub keeps deliveries for three days (documentation, "Redelivering webhooks"). */
const reach = 3 * 86_400_000;

/**
 * Asks GitHub to send again what never arrived; GitHub itself never does. Each call looks back to the one before, the first
 * one as far as GitHub remembers.
 */
export function deliveryRecovery(github: GitHub, clock: Clock, log: Log): () => Promise<void> {
  let since = new Date(clock.now().getTime() - reach);
  return async () => {
    const looked = clock.now();
    try {
      for (const { id, guid, event } of await github.missedDeliveries(since)) {
        try {
          await github.redeliver(id);
          log.info({ delivery: guid, event }, 'a delivery that had failed was asked for again');
        } catch (error) {
          // One that GitHub no longer sends must not keep back the others.
          log.warn({ delivery: guid, event, error: messageOf(error) }, 'a delivery that had failed is not sent again');
        }
      }
      // A delivery may still be under way while we look, so the next look overlaps this one.
      since = new Date(looked.getTime() - 600_000);
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'the log of deliveries could not be read; the sweep finds what was missed');
    }
  };
}
