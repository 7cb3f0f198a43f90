import { type Catalog, tableOf } from '../../sql/catalog.ts';
import type { Index } from '../../sql/change.ts';
import { accessPaths, isCoveredBy, pathOfIndex } from '../../sql/facts/indexes.ts';
import { keyOf } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import type { Advice, Estimate, Measured, Trial } from '../advice.ts';
import type { Named } from '../names.ts';
import type { Criterion } from '../plan.ts';
import { type Candidates, candidates, type Optimize } from '../recipes/optimize.ts';
import { choose } from './choose.ts';
import { unknownOf } from './unknown.ts';

/** What a plan says about one query: data, of which a comment is made. */
export interface Optimized {
  readonly query: string;
  readonly targetMs?: number;
  readonly engineVersion: string;
  readonly tables: Advice['tables'];
  readonly before: Estimate;
  /** Absent: no index is worth its writes. */
  readonly after?: Estimate & { readonly indexes: readonly IndexCost[] };
  /** Other indexes that would have been worth theirs. */
  readonly rejected: readonly { readonly cost: number; readonly indexes: readonly IndexCost[] }[];
  /** Indexes that were tried and are not, or could not be built. */
  readonly useless: readonly { readonly ddl: string; readonly why: string }[];
  /** What is not known, a sentence each. */
  readonly unknown: readonly string[];
}

export interface IndexCost extends Omit<Measured, 'failure'> {
  readonly ddl: string;
  readonly table: string;
  /** How many indexes the table then has. */
  readonly indexes: number;
  /** Columns whose updates can no longer be done in place (HOT), because no index had them before. */
  readonly newlyIndexed: readonly string[];
  /** Indexes of the table that do nothing which this one does not do as well. */
  readonly covers: readonly string[];
  /** What it holds cannot be made up, so that its size is not known. */
  readonly sizeUnknown: boolean;
  readonly constant?: string;
}

export type Judged =
  | { readonly failure: string }
  | { readonly optimized: Optimized; readonly chosen: readonly Named<Index>[]; readonly criterion: Criterion };

/** Judges what was measured for a goal on the schema of the catalog. */
export function judge(goal: Optimize, advice: Advice, catalog: Catalog): Judged {
  const tried = candidates(goal, catalog);
  if (tried === undefined) return { failure: 'it cannot be read as one SELECT' };
  if (advice.failure !== undefined) return { failure: `it could not be measured: ${advice.failure}` };
  const { best, rejected } = choose(advice, tried);
  const shown = new Set([...(best === undefined ? [] : [best]), ...rejected].flatMap((trial) => trial.candidates));
  const costs = (trial: Trial) => trial.candidates.flatMap((at) => costOf(at, trial, tried, advice, catalog));
  const after = best === undefined ? {} : { after: { ...estimateOf(best), indexes: costs(best) } };
  return {
    chosen: best?.candidates.flatMap((at) => tried.indexes[at]?.index ?? []) ?? [],
    criterion: criterionOf(goal, advice, best ?? advice.before),
    optimized: {
      query: goal.query,
      ...(goal.targetMs === undefined ? {} : { targetMs: goal.targetMs }),
      engineVersion: advice.engineVersion,
      tables: advice.tables,
      before: advice.before,
      ...after,
      rejected: rejected.map((trial) => ({ cost: trial.cost, indexes: costs(trial) })),
      useless: tried.indexes.flatMap(({ index }, at) =>
        shown.has(at) ? [] : { ddl: ddlOf(index), why: whyUseless(at, advice) },
      ),
      unknown: [...unknownOf(goal, advice, catalog), ...tried.needs],
    },
  };
}

function estimateOf({ cost, rows, text }: Estimate): Estimate {
  return { cost, rows, text };
}

function whyUseless(at: number, { candidates: measured, trials }: Advice): string {
  const failure = measured[at]?.failure;
  if (failure !== undefined) return `cannot be built: ${failure}`;
  const alone = trials.find(({ candidates: there }) => there.length === 1 && there[0] === at);
  return alone === undefined || alone.used.length === 0 ? 'the planner does not use it' : `cost ${alone.cost}`;
}

/** Twice the cost that was measured leaves room for other made-up rows; halfway to the old cost would be no success. */
function criterionOf({ query }: Optimize, { before, tables }: Advice, { cost }: Estimate): Criterion {
  const atMost = Math.ceil(Math.min(2 * cost, (cost + before.cost) / 2));
  const rows = Object.fromEntries(tables.map((table) => [table.table, table.rows]));
  const sizes = tables.map((table) => `${table.rows.toLocaleString('en')} rows in ${table.table}`).join(', ');
  return {
    text: `With ${sizes}, the planner's cost of the query is at most ${atMost.toLocaleString('en')} (it was ${Math.round(before.cost).toLocaleString('en')})`,
    sql: query,
    estimate: { atMost, rows },
  };
}

function costOf(
  at: number,
  trial: Trial,
  { indexes }: Candidates,
  { candidates: measured, tables }: Advice,
  catalog: Catalog,
): readonly IndexCost[] {
  const candidate = indexes[at];
  const cost = measured[at];
  if (candidate === undefined || cost === undefined) return [];
  const { index, constant } = candidate;
  const key = keyOf(index.table);
  const sized = tables.find(({ table }) => table === key);
  const isOfTable = (other: number) => keyOf(indexes[other]?.index.table ?? { name: '' }) === key;
  return [
    {
      ddl: ddlOf(index),
      table: key,
      bytes: cost.bytes,
      bytesPerRow: cost.bytesPerRow,
      walPerRow: cost.walPerRow,
      indexes: (sized?.indexes ?? 0) + trial.candidates.filter(isOfTable).length,
      newlyIndexed: newlyIndexed(index, catalog),
      covers: coveredBy(index, catalog),
      sizeUnknown: index.method === 'gin' || sized?.sampled === 0,
      ...(constant === undefined ? {} : { constant }),
    },
  ];
}

/** An update that changes no indexed column writes no index (the manual, "Heap-Only Tuples"); a predicate's columns count. */
function newlyIndexed(index: Index, catalog: Catalog): readonly string[] {
  const table = tableOf(catalog, index.table);
  if (table === undefined) return [];
  const names = ({ keys, include, where = '' }: Pick<Index, 'keys' | 'include' | 'where'>) => {
    const texts = [where, ...keys.flatMap(({ expression }) => expression ?? [])].join(' ');
    const words = new Set(texts.match(/[\w$]+/g));
    const own = new Set([...keys.flatMap(({ column }) => column ?? []), ...include]);
    return table.columns.flatMap(({ name }) => (own.has(name) || words.has(name) ? [name] : []));
  };
  const before = new Set(
    accessPaths(table).flatMap(({ where, ...path }) => names({ ...path, ...(where === undefined ? {} : { where }) })),
  );
  return names(index).filter((column) => !before.has(column));
}

function coveredBy(index: Index, catalog: Catalog): readonly string[] {
  const table = tableOf(catalog, index.table);
  return (table === undefined ? [] : accessPaths(table)).flatMap((path) =>
    path.name !== undefined && !path.unique && isCoveredBy(path, pathOfIndex(index)) ? [path.name] : [],
  );
}

function ddlOf(index: Named<Index>): string {
  return renderChange({ kind: 'create-index', index, concurrently: false, ifNotExists: false });
}
