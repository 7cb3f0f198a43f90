import type { Log } from '../../kernel/log.ts';
import type { Advice, Measured, Sized } from '../../planner/advice.ts';
import type { AdviseInput } from '../port.ts';
import { runBase } from '../run/base.ts';
import { seedRows } from '../seed/seed.ts';
import { EngineEnded, type Session } from '../session.ts';
import { estimate } from './estimate.ts';
import { Unmeasurable } from './must.ts';
import { relationOf, tablesIn } from './relations.ts';
import { nameOf, rowsOf, sizesIn, tell } from './sizes.ts';
import type { Size } from './statistics.ts';
import { type Built, build, tryAll } from './trials.ts';

const empty: Advice = {
  engineVersion: '',
  before: { cost: 0, rows: 0, text: '' },
  trials: [],
  candidates: [],
  tables: [],
  distinct: {},
};

/** Nothing was measured. */
export function unadvised(failure: string): Advice {
  return { ...empty, failure };
}

/** Builds every candidate, tells the planner the sizes, and asks it for the cost of the query with and without them. */
export async function advise(session: Session, input: AdviseInput, query: string, log: Log): Promise<Advice> {
  const nothing = { ...empty, engineVersion: session.version };
  try {
    const { failure } = await runBase(session, input);
    if (failure !== undefined) {
      const { file, line, message } = failure;
      return { ...nothing, failure: `the existing migrations do not run: ${file}:${line}: ${message}` };
    }
    await seedRows(session, { log, data: 'distinct' });
    const first = await estimate(session, query, ['VERBOSE']);
    return 'failure' in first
      ? { ...nothing, failure: first.failure }
      : await measure(session, input, query, first.whole, nothing);
  } catch (thrown) {
    if (thrown instanceof EngineEnded) return { ...nothing, failure: `${thrown.ending}: ${thrown.message}` };
    if (thrown instanceof Unmeasurable) return { ...nothing, failure: thrown.message };
    throw thrown;
  }
}

async function measure(
  session: Session,
  input: AdviseInput,
  query: string,
  plan: string,
  nothing: Advice,
): Promise<Advice> {
  const indexes = new Map<string, number>();
  for (const oid of await tablesIn(session, plan))
    indexes.set(oid, (await relationOf(session, oid)).leaves[0]?.indexes.length ?? 0);
  const tried: (Built | { readonly failure: string })[] = [];
  for (const [at, index] of input.candidates.entries()) tried.push(await build(session, index, at));

  const sizes = await sizesIn(session, plan, input.rows);
  const costs = await tell(session, sizes);
  const outcome = await tryAll(
    session,
    query,
    tried.flatMap((each) => ('failure' in each ? [] : [each])),
  );
  if ('failure' in outcome) return { ...nothing, failure: outcome.failure };
  return {
    ...nothing,
    ...outcome,
    candidates: tried.map((each) => ('failure' in each ? { ...free, ...each } : sum(each, costs))),
    tables: sizes.map((size) => sizedOf(size, input, indexes.get(size.relation.oid) ?? 0)),
    distinct: Object.fromEntries(
      sizes.flatMap(({ relation, distinct }) =>
        [...distinct].map(([column, values]) => [`${nameOf(relation)}.${column}`, values] as const),
      ),
    ),
  };
}

const free: Measured = { bytes: 0, bytesPerRow: 0, walPerRow: 0 };

/** Of an index on partitions, all of it. */
function sum({ names }: Built, costs: ReadonlyMap<string, Measured>): Measured {
  const parts = [...names].flatMap((name) => costs.get(name) ?? []);
  return { ...free, ...parts[0], bytes: parts.reduce((bytes, part) => bytes + part.bytes, 0) };
}

function sizedOf({ relation, sample }: Size, input: AdviseInput, indexes: number): Sized {
  const table = nameOf(relation);
  return {
    table,
    rows: rowsOf(relation, input.rows),
    assumed: input.rows[table] === undefined,
    sampled: sample.rows,
    indexes,
  };
}
