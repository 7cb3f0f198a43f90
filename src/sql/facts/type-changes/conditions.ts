import type { Catalog } from '../../catalog.ts';

/** What a type change depends on beside the two types. */
export interface Conditions {
  readonly catalog: Pick<Catalog, 'domains'>;
  /** The session's TimeZone is known to be UTC, where a timestamp with and without time zone are the same number. */
  readonly utc: boolean;
}
