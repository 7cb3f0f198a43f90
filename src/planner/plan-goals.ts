import type { Catalog } from '../sql/catalog.ts';
import { keyOf } from '../sql/name.ts';
import type { Goal } from './goal.ts';
import type { Plan, PlanStep } from './plan.ts';
import { queryTables } from './recipes/optimize.ts';
import { resolve } from './resolve.ts';
import type { PlanOptions } from './situation.ts';
import { type CheckedStep, tasksOf } from './tasks.ts';

/**
 * The safe, ordered steps from a catalog to the goals, with the tasks that carry them out. Pure: locks and hazards are the
 * manual's until the proof has measured them. What cannot be planned is in `unsupported`, and the rest is planned.
 */
export function planGoals(goals: readonly Goal[], catalog: Catalog, options: PlanOptions): Plan {
  const { reached, unsupported } = resolve(goals, catalog, options);
  const steps: readonly CheckedStep[] = reached
    .flatMap(({ steps }) => steps)
    .map(({ disturbs: _disturbs, ...draft }, at) => ({ id: at + 1, ...draft }));
  return {
    engine: options.engine,
    steps: steps.map(({ criteria: _criteria, ...step }): PlanStep => step),
    tasks: tasksOf(steps),
    unsupported,
    tables: affectedTables(goals, catalog),
  };
}

/** The tables that the goals touch or refer to, as `keyOf` texts, each once, in the goals' order. */
export function affectedTables(goals: readonly Goal[], catalog: Catalog): readonly string[] {
  return [...new Set(goals.flatMap((goal) => tablesOf(goal, catalog)))];
}

function tablesOf(goal: Goal, catalog: Catalog): readonly string[] {
  if (goal.kind === 'backfill') return [keyOf(goal.table)];
  if (goal.kind === 'optimize') return queryTables(goal, catalog);
  const { change } = goal;
  if (change.kind === 'create-index') return [keyOf(change.index.table)];
  if (change.kind === 'drop-index' || change.kind === 'rename-index') return owners(catalog, keyOf(change.index));
  if (!('table' in change) || change.table === undefined) return [];
  const constraints =
    change.kind === 'create-table' ? change.constraints : change.kind === 'add-constraint' ? [change.constraint] : [];
  const referenced = constraints.flatMap((constraint) =>
    constraint.kind === 'foreign-key' ? [keyOf(constraint.references)] : [],
  );
  const renamed = change.kind === 'rename-table' ? [keyOf({ ...change.table, name: change.to })] : [];
  return [keyOf(change.table), ...renamed, ...referenced];
}

function owners(catalog: Catalog, index: string): readonly string[] {
  return [...catalog.tables.values()]
    .filter(({ name: table, indexes }) =>
      indexes.some(({ name }) => name !== undefined && keyOf({ ...table, name }) === index),
    )
    .map(({ name }) => keyOf(name));
}
