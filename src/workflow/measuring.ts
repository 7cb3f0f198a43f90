import { digest } from '../kernel/hash.ts';
import { judge } from '../planner/optimize/judge.ts';
import { candidates, type Optimize } from '../planner/recipes/optimize.ts';
import type { Measurements } from '../planner/situation.ts';
import type { EvidenceRequest } from './actions.ts';
import type { Evidence, Reading, Schema } from './observed.ts';

interface Slice {
  readonly reading?: Reading | undefined;
  readonly schema: Schema;
}

/** The engine's work for the queries of a request that are to become fast, once nothing about it is open. */
export function measurementsOf({ reading, schema }: Slice): readonly EvidenceRequest[] {
  if (schema.database.engine !== 'postgresql' || schema.history === undefined) return [];
  if (reading === undefined || reading.questions.some(({ open }) => open)) return [];
  return queriesOf(reading).map((goal) => measurementOf(goal, schema));
}

/** What was found for the queries; nothing yet for one that still has to be measured. */
export function measuredBy({ reading, schema }: Slice, evidence: ReadonlyMap<string, Evidence>): Measurements {
  return (query) => {
    const goal = queriesOf(reading).find((each) => each.query === query);
    if (goal === undefined || schema.database.engine !== 'postgresql') return undefined;
    const found = evidence.get(measurementOf(goal, schema).digest);
    return found?.kind === 'advise' ? judge(goal, found.advice, schema.catalog) : undefined;
  };
}

export function queriesOf(reading: Reading | undefined): readonly Optimize[] {
  return (reading?.understood.goals ?? []).filter((goal) => goal.kind === 'optimize');
}

/** Rows of tables by their `keyOf` texts, as far as the configuration has them. */
export function sizesOf({ catalog, database }: Schema): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...catalog.tables].flatMap(([key, { name }]) => {
      const rows = database.tables[name.name]?.rows;
      return rows === undefined ? [] : [[key, rows] as const];
    }),
  );
}

function measurementOf(goal: Optimize, schema: Schema): EvidenceRequest {
  const input = {
    base: schema.migrations,
    query: goal.query,
    candidates: candidates(goal, schema.catalog)?.indexes.map(({ index }) => index) ?? [],
    rows: sizesOf(schema),
  };
  return {
    kind: 'advise',
    engine: schema.database.engine,
    digest: `advise:${digest([schema.digest, input.query, input.candidates, input.rows])}`,
    input,
  };
}
