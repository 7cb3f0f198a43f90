import { afterAll, describe, expect, it } from 'vitest';
import { createEngines } from '../../../src/engines/engines.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import type { Design } from '../../../src/planner/evidence.ts';
import { sample } from '../../support/sample.ts';
import { demanding, moving, type Pair, pairs, splitting } from './cases.ts';
import { partitionPairs } from './partition-cases.ts';
import { designOf, outcome, statements, wellDone } from './support.ts';

const engines = createEngines({ log: silentLog });
const engine = engines.of('postgresql');
afterAll(() => engines.close());

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
  it.each(sample(pairs, 4))('$name', async (pair) => {
    const design = await designPair(pair);
    expect(outcome(design), statements(design)).toEqual(wellDone);
    expect(design.proof.reverted).not.toBe(false);
  });
});

describe('on rows that satisfy what the plan presupposes', () => {
  it.each(sample(demanding, 3))('$name', async (pair) => {
    const design = await designPair(pair);
    expect(outcome(design), statements(design)).toEqual(wellDone);
    expect(design.proof.reverted).not.toBe(false);
    expect(design.proof.rows).toBeGreaterThan(0);
  });
});

describe('partitions', () => {
  it.each(sample(partitionPairs, 3))('$name', async (pair) => {
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
