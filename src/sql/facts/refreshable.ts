import type { View } from '../catalog.ts';

/**
 * Whether the view has an index that REFRESH MATERIALIZED VIEW CONCURRENTLY can tell its rows apart by: unique, over columns only, and
 * over all rows (manual, REFRESH MATERIALIZED VIEW, CONCURRENTLY).
 */
export function isRefreshable({ indexes = [] }: View): boolean {
  return indexes.some(
    ({ unique, where, keys, invalid }) =>
      unique && where === undefined && invalid !== true && keys.every(({ column }) => column !== undefined),
  );
}
