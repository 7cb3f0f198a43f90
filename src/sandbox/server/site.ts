import { join } from 'node:path';
import type { FaultBoard } from '../faults/faults.ts';
import { type Git, openInMemory, openOnDisk } from '../git/store.ts';
import type { Site } from '../site.ts';
import { emptyWorld } from '../state/world.ts';
import { type Courier, createCourier } from '../webhooks/courier.ts';
import { emitTo } from '../webhooks/emit.ts';

export interface SiteOptions {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly url: () => string;
  readonly faults: FaultBoard;
  /** Folder for one bare git repository a network, `owner/name.git`; in memory without it. */
  readonly directory?: string;
}

/** A site with what only its server sees of it. */
export interface HeldSite {
  readonly site: Site;
  readonly courier: Courier;
  /** The git folder on disk that a network of repositories reads what it does not hold from. */
  readonly takeOver: (network: string, gitdir: string) => void;
  /** Object stores by network of repositories. */
  readonly stores: Map<string, Git>;
}

/** An empty world with its git stores, its clock and its courier. */
export function createSite({ clock, url, faults, directory }: SiteOptions): HeldSite {
  const stores = new Map<string, Git>();
  const below = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();
  const now = () => new Date(clock()).toISOString().replace(/\.\d+Z$/, 'Z');
  const courier = createCourier(() => site.world, { now, url, faults });
  const site: Site = {
    world: emptyWorld(),
    gitOf({ network }) {
      const known = stores.get(network);
      if (known !== undefined) return known;
      const from = below.get(network) ?? null;
      const git =
        directory === undefined ? openInMemory(new Map(), from) : openOnDisk(join(directory, `${network}.git`), from);
      stores.set(network, git);
      return git;
    },
    now,
    url,
    emit: (happening) => emitTo(site, courier, happening),
    exclusive(work) {
      const result = last.then(work);
      last = result.catch(() => {});
      return result;
    },
  };
  return { site, courier, stores, takeOver: (network, gitdir) => void below.set(network, gitdir) };
}
