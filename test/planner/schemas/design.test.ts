import { afterAll, describe, expect, it } from 'vitest';
import { createEngines } from '../../../src/engines/engines.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import type { Design } from '../../../src/planner/evidence.ts';
import { type Pair, pairs } from './cases.ts';

const engines = createEngines({ log: silentLog });
afterAll(() => engines.close());

function design({ current, desired, rows = {}, ...given }: Pair): Promise<Design> {
  return engines.of('postgresql').design({
    current: { schema: current, base: [] },
    desired: { schema: desired, base: [] },
    options: {
      engine: 'postgresql',
      version: 18,
      rows: ({ name }) => rows[name],
      answers: {
        renames: new Map(Object.entries(given.renames ?? {})),
        drops: new Set(given.drops),
        fills: new Map(Object.entries(given.fills ?? {})),
        conversions: new Map(Object.entries(given.conversions ?? {})),
      },
    },
  });
}

describe('from one schema to another', () => {
  it.each(pairs)('$name', async (pair) => {
    const { plan, questions, proof } = await design(pair);
    const sql = plan.steps.map((step) => step.sql.join(';\n')).join('\n');
    expect(
      { questions, unsupported: plan.unsupported, failure: proof.failure, differences: proof.differences },
      sql,
    ).toEqual({
      questions: [],
      unsupported: [],
      failure: undefined,
      differences: [],
    });
    expect(proof).toMatchObject({ applied: true, reachedDesired: true });
    expect(proof.reverted).not.toBe(false);
  });
});
