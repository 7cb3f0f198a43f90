import { draftOf } from '../sql/apply/draft.ts';
import { applyTo } from '../sql/apply/index.ts';
import type { Catalog } from '../sql/catalog.ts';
import { keyOf } from '../sql/name.ts';
import { expandGoals, type Wanted } from './expand.ts';
import type { Goal } from './goal.ts';
import { orderGoals } from './order.ts';
import { plainly } from './plain.ts';
import type { Draft } from './recipe.ts';
import { backfill } from './recipes/backfill.ts';
import { planChange } from './recipes/index.ts';
import { type PlanOptions, type Situation, versionOf } from './situation.ts';

interface Reached {
  readonly wanted: Wanted;
  readonly steps: readonly Draft[];
  /** The plain DDL of the same. */
  readonly plain: readonly string[];
}

export interface Resolved {
  /** What a recipe could reach, in order, with its steps. */
  readonly reached: readonly Reached[];
  readonly unsupported: readonly string[];
}

/** Orders, splits and plans the goals, each from the catalog that the ones before it leave. */
export function resolve(goals: readonly Goal[], catalog: Catalog, options: PlanOptions): Resolved {
  if (options.engine !== 'postgresql') {
    return { reached: [], unsupported: goals.map((goal) => `${nameOf(goal)}: plans are made for PostgreSQL only`) };
  }
  const situation: Situation = {
    catalog,
    version: versionOf(options),
    rows: options.rows ?? (() => undefined),
    ...(options.measured === undefined ? {} : { measured: options.measured }),
    created: createdBy(goals, catalog),
    zeroDowntimeRenames: options.zeroDowntimeRenames ?? false,
  };
  const expanded = expandGoals(orderGoals(goals, catalog), situation);
  // Splitting has taken the foreign keys out of new tables, so tables that refer to each other can be ordered now.
  const ordered = orderGoals(expanded.wanted, catalog);

  const reached: Reached[] = [];
  const unsupported = [...expanded.unsupported];
  const current = draftOf(catalog);
  for (const wanted of ordered) {
    const now = { ...situation, catalog: current };
    const steps = wanted.kind === 'change' ? planChange(wanted.change, now) : backfill(wanted, now);
    if ('unsupported' in steps) unsupported.push(steps.unsupported);
    else {
      const plain = wanted.kind === 'change' ? plainly(wanted.change, steps.length > 1, now) : [];
      reached.push({ wanted, steps: withMore(steps, wanted), plain });
      if (wanted.kind === 'change') applyTo(current, wanted.change);
    }
  }
  return { reached, unsupported };
}

/** What is said of a goal as a whole is said with its last step. */
function withMore(steps: readonly Draft[], wanted: Wanted): readonly Draft[] {
  if (wanted.kind !== 'change') return steps;
  const { application, criteria = [] } = wanted;
  return steps.map((step, at) =>
    at < steps.length - 1
      ? step
      : {
          ...step,
          criteria: [...step.criteria, ...criteria],
          ...(application === undefined ? {} : { application }),
        },
  );
}

function createdBy(goals: readonly Goal[], catalog: Catalog): ReadonlySet<string> {
  const made = goals.flatMap((goal) =>
    goal.kind === 'change' && goal.change.kind === 'create-table' ? [keyOf(goal.change.table)] : [],
  );
  return new Set(made.filter((table) => !catalog.tables.has(table)));
}

function nameOf(goal: Goal): string {
  return goal.kind === 'change' ? goal.change.kind : goal.kind;
}
