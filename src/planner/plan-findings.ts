import type { Catalog } from '../sql/catalog.ts';
import type { Category, Finding } from '../sql/finding.ts';
import { lint } from '../sql/lint.ts';
import { draftMigration } from './migration.ts';
import type { Plan } from './plan.ts';
import type { PlanOptions } from './situation.ts';

/** What a plan decides by itself. What the desired schema is like, good or bad, is not the plan's doing. */
const own: ReadonlySet<Category> = new Set(['locking', 'data-loss', 'compatibility', 'correctness']);

/**
 * What our own rules say of a plan's migrations, each deployed on its own, from warnings up; what a step does knowingly says so itself.
 * `loadParsers()` must have been awaited before.
 */
export function planFindings(plan: Plan, before: Catalog, { rows, version }: PlanOptions): readonly Finding[] {
  const files = plan.tasks.map((task) => {
    const { up } = draftMigration(plan, task);
    const transaction = plan.steps.every(({ id, transaction }) => transaction || !task.steps.includes(id));
    return { file: task.id, sql: up, transaction };
  });
  const { findings } = lint(files, {
    engine: plan.engine,
    before,
    known: 'sure',
    deployedApart: true,
    ...(version > 0 ? { engineVersion: String(version) } : {}),
    ...(rows === undefined ? {} : { rows }),
  });
  return findings.filter(({ level, category }) => level !== 'notice' && own.has(category));
}
