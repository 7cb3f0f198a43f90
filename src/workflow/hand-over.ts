import type { Goal } from '../planner/goal.ts';
import type { Plan, PlanStep } from '../planner/plan.ts';
import { affectedTables } from '../planner/plan-goals.ts';
import type { Catalog } from '../sql/catalog.ts';
import type { Engine } from '../sql/engine.ts';

/** Changes after which data is gone. */
const deleting = new Set(['drop-table', 'drop-column', 'truncate', 'delete']);

/** Whether the plan leaves the statements to the specialist, because nothing here can write and run them. */
export function isHandOver({ engine }: Plan): boolean {
  return engine !== 'postgresql';
}

/**
 * What is asked for, as one task without statements: for engines of which no plan can be made and proven here. `sentences`
 * are what the request was understood to say.
 */
export function handOver(engine: Engine, goals: readonly Goal[], sentences: readonly string[], catalog: Catalog): Plan {
  const tables = affectedTables(goals, catalog);
  if (goals.length === 0) return { engine, steps: [], tasks: [], unsupported: [], tables };
  const [first = '', ...more] = sentences.map((sentence) => sentence.replaceAll('`', ''));
  const title = more.length === 0 ? first : `${first} (and ${more.length} more)`;
  const deletes = goals.some((goal) => goal.kind === 'change' && deleting.has(goal.change.kind));
  const step: PlanStep = {
    id: 1,
    title,
    phase: deletes ? 'contract' : 'expand',
    sql: [],
    down: [],
    transaction: true,
    locks: [],
    rewrites: [],
    hazards: deletes ? ['deletes-data'] : [],
    lockTimeoutMs: 0,
    statementTimeoutMs: 0,
    because: 'The specialist writes the statements.',
  };
  return {
    engine,
    steps: [step],
    tasks: [{ id: 'T1', title, steps: [1], dependsOn: [], criteria: [] }],
    unsupported: [],
    tables,
  };
}
