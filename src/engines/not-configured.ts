import { notExecuted } from '../planner/evidence.ts';
import type { Proof } from '../planner/plan.ts';
import type { Engine } from '../sql/engine.ts';
import { unadvised } from './advise/advise.ts';
import type { ScratchEngine } from './port.ts';
import { notEvaluated } from './run/criteria.ts';
import { unproven } from './run/prove.ts';

const names: Readonly<Record<Engine, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
};

/** An engine that runs nothing and says so, so that "not executed" never looks like "passed". */
export function notConfiguredEngine(engine: Engine): ScratchEngine {
  const reason = `not executed: no ${names[engine]} server configured`;
  const unrun: Proof = { ...unproven(''), failure: { step: 0, statement: '', message: reason } };
  return {
    engine,
    verify: async ({ criteria }) => ({ ...notExecuted(engine, reason), criteria: notEvaluated(criteria) }),
    prove: async () => unrun,
    design: async () => ({
      plan: {
        engine,
        steps: [],
        tasks: [],
        unsupported: [`${names[engine]}: plans are made for PostgreSQL only`],
        tables: [],
      },
      questions: [],
      proof: unrun,
    }),
    explain: async () => ({ text: reason, failed: true }),
    advise: async () => unadvised(reason),
    close: async () => undefined,
  };
}
