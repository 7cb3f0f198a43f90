import type { Engine } from '../sql/engine.ts';
import { unadvised } from './advise/advise.ts';
import type { ScratchEngine } from './port.ts';
import { notEvaluated } from './run/criteria.ts';

const names: Readonly<Record<Engine, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
};

/** An engine that runs nothing and says so, so that "not executed" never looks like "passed". */
export function notConfiguredEngine(engine: Engine): ScratchEngine {
  const reason = `not executed: no ${names[engine]} server configured`;
  return {
    engine,
    verify: async ({ criteria }) => ({
      engine,
      engineVersion: '',
      applied: 0,
      failed: null,
      migrations: [],
      roundTrip: { down: 'none', differences: [] },
      criteria: notEvaluated(criteria),
      notExecuted: reason,
    }),
    prove: async () => ({
      applied: false,
      reachedDesired: false,
      reverted: false,
      engineVersion: '',
      ms: 0,
      rows: 0,
      locks: {},
      rewrites: {},
      failure: { step: 0, statement: '', message: reason },
      differences: [],
    }),
    explain: async () => ({ text: reason, failed: true }),
    advise: async () => unadvised(reason),
    close: async () => undefined,
  };
}
