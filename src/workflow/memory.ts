import { type Lru, lru } from '../kernel/lru.ts';
import type { EvidenceRequest } from './actions.ts';
import type { Listings } from './observe/changed-files.ts';
import type { CatalogCache } from './observe/schema.ts';
import type { Pace } from './pace.ts';

/** What a process remembers from pass to pass. Losing it costs requests and time, and nothing else. */
export interface Memory {
  readonly catalogs: CatalogCache;
  readonly listings: Listings;
  /** What a pass left for the engine to do, by its key; the newest pass is right. */
  readonly wanted: Lru<readonly EvidenceRequest[]>;
  readonly pace: Pace;
}

export function memory(pace: Pace): Memory {
  return {
    catalogs: lru(50, () => 1),
    listings: lru(20_000, ({ files }) => files.length + 1),
    wanted: lru(50, () => 1),
    pace,
  };
}
