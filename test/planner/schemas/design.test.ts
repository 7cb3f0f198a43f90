import { afterAll, describe, expect, it } from 'vitest';
import { createEngines } from '../../../src/engines/engines.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import type { Design } from '../../../src/planner/evidence.ts';
import { demanding, moving, type Pair, pairs, splitting } from './cases.ts';
import { partitionPairs } from './partition-cases.ts';
import { designOf, outcome, statements, wellDone } from './support.ts';

const engines = createEngines({ log: silentLog });
const engine = engines.of('postgresql');
afterAll(() => engines.close());

/** All of them take minutes: every one is run with EVERY_PAIR=1, and a sample otherwise. */
function sample(of: readonly Pair[]): readonly Pair[] {
  return process.env.EVERY_PAIR === '1' ? of : of.filter((_, index) => index % 2 === 0);
}

function designPair({
  rows = {},
  renames = {},
  schemas = {},
  moves = {},
  drops,
  fills = {},
  conversions = {},
  inPhases = false,
  ...texts
}: Pair): Promise<Design> {
  return designOf(engine, {
    ...texts,
    inPhases,
    rows: (table) => rows[table],
    answers: {
      renames: new Map(Object.entries(renames)),
      schemas: new Map(Object.entries(schemas)),
      moves: new Map(Object.entries(moves)),
      drops: new Set(drops),
      fills: new Map(Object.entries(fills)),
      conversions: new Map(Object.entries(conversions)),
    },
  });
}

describe('from one schema to another', () => {
  it.each(sample(pairs))('$name', async (pair) => {
    const design = await designPair(pair);
    expect(outcome(design), statements(design)).toEqual(wellDone);
    expect(design.proof.reverted).not.toBe(false);
  });
});

describe('on rows that satisfy what the plan presupposes', () => {
  it.each(sample(demanding))('$name', async (pair) => {
    const design = await designPair(pair);
    expect(outcome(design), statements(design)).toEqual(wellDone);
    expect(design.proof.reverted).not.toBe(false);
    expect(design.proof.rows).toBeGreaterThan(0);
  });
});

describe('partitions', () => {
  it.each(sample(partitionPairs))('$name', async (pair) => {
    const design = await designPair(pair);
    expect(outcome(design), statements(design)).toEqual(wellDone);
    expect(design.proof.reverted).not.toBe(false);
    expect(design.proof.rows).toBeGreaterThan(0);
  });
});

describe('to another schema', () => {
  it.each(moving)('$name', async (pair) => {
    const design = await designPair(pair);
    expect(outcome(design), statements(design)).toEqual(wellDone);
    expect(design.proof.reverted).toBe(true);
    expect(design.proof.rows).toBeGreaterThan(0);
  });
});

describe('columns to another table', () => {
  it.each(splitting)('$name', async (pair) => {
    const design = await designPair(pair);
    expect(outcome(design), statements(design)).toEqual(wellDone);
    expect(design.proof.reverted, statements(design)).toBe(true);
    expect(design.proof.rows).toBeGreaterThan(0);
    const said = design.plan.steps.flatMap(({ application = [] }) => application);
    expect(said.join()).toContain('The application must read and write');
  });
});
