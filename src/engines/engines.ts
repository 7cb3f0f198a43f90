import { type Engine, engines } from '../sql/engine.ts';
import { notConfiguredEngine } from './not-configured.ts';
import { createPgliteEngine, type PgliteOptions } from './pglite/engine.ts';
import type { ScratchEngine } from './port.ts';

/** The scratch engine of every engine there is. Nothing starts before the first run. */
export interface Engines {
  of(engine: Engine): ScratchEngine;
  close(): Promise<void>;
}

/** PostgreSQL runs embedded; the others need a server, which cannot be configured yet. */
export function createEngines(options: PgliteOptions): Engines {
  const all = new Map<Engine, ScratchEngine>(engines.map((engine) => [engine, notConfiguredEngine(engine)]));
  all.set('postgresql', createPgliteEngine(options));
  return {
    of: (engine) => all.get(engine) ?? notConfiguredEngine(engine),
    async close() {
      await Promise.all([...all.values()].map((each) => each.close()));
    },
  };
}
