import type { PGlite } from '@electric-sql/pglite';
import type { Log } from '../kernel/log.ts';
import { schema } from './schema.ts';

const jobsBetween = 1_000;

/**
 * Cleans up after finished jobs in an embedded database, which has no autovacuum: without this each fetch steps over all
 * the jobs there ever were.
 */
export function vacuumer(database: PGlite, log: Log): { settled(): void } {
  let settled = 0;
  return {
    settled() {
      settled += 1;
      if (settled % jobsBetween !== 0) return;
      database
        .exec(`VACUUM ${schema}.job`)
        .catch((error: unknown) => log.warn({ err: error }, 'finished jobs could not be cleaned up'));
    },
  };
}
