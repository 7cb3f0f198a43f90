import { afterAll, describe, expect, it } from 'vitest';
import { createEngines } from '../../../src/engines/engines.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { pairs } from './cases.ts';
import { partitionPairs } from './partition-cases.ts';
import { designOf, outcome, statements, wellDone } from './support.ts';

const engines = createEngines({ log: silentLog });
const engine = engines.of('postgresql');
afterAll(() => engines.close());

describe('from one schema to another', () => {
  it.each([...pairs, ...partitionPairs])(
    '$name',
    async ({ rows = {}, renames = {}, drops, fills = {}, conversions = {}, inPhases = false, ...texts }) => {
      const design = await designOf(engine, {
        ...texts,
        inPhases,
        rows: (table) => rows[table],
        answers: {
          renames: new Map(Object.entries(renames)),
          drops: new Set(drops),
          fills: new Map(Object.entries(fills)),
          conversions: new Map(Object.entries(conversions)),
        },
      });
      expect(outcome(design), statements(design)).toEqual(wellDone);
      expect(design.proof.reverted).not.toBe(false);
    },
  );
});
