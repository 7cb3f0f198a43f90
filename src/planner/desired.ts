import type { Catalog } from '../sql/catalog.ts';
import type { Goal } from './goal.ts';
import { resolve } from './resolve.ts';
import type { PlanOptions } from './situation.ts';

/**
 * The plainest DDL that makes the state which the plan for the same goals reaches, whatever it locks; to be run on a
 * database without rows, where it cannot fail on what they hold. What the plan calls unsupported is left out here too.
 * `options` must be those that the plan was made with.
 */
export function desiredDdl(
  goals: readonly Goal[],
  catalog: Catalog,
  options: PlanOptions = { engine: catalog.engine, version: 0 },
): readonly string[] {
  return resolve(goals, catalog, options).reached.flatMap(({ plain }) => plain);
}
