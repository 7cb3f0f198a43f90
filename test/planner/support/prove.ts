import type { PGlite } from '@electric-sql/pglite';
import { expect } from 'vitest';
import type { Advice } from '../../../src/planner/advice.ts';
import type { Goal } from '../../../src/planner/goal.ts';
import { desiredDdl, type PlanOptions, planGoals } from '../../../src/planner/index.ts';
import { judge } from '../../../src/planner/optimize/judge.ts';
import { isDestructive, type Plan } from '../../../src/planner/plan.ts';
import { candidates } from '../../../src/planner/recipes/optimize.ts';
import { catalog, goalsOf } from './goals.ts';
import { holds, introspect, reset, run, withoutPlaces } from './scratch.ts';

export interface Case {
  readonly name: string;
  readonly given: string;
  /** What stands in the tables while the plan runs. */
  readonly rows: string;
  /** The wish as plain DDL, and goals that DDL cannot say. */
  readonly wish?: string;
  readonly goals?: readonly Goal[];
  readonly sizes?: Readonly<Record<string, number>>;
  readonly version?: number;
  /** The whole plan, a line a step: phase, statements, hazards. */
  readonly steps: readonly string[];
  /** Whether the bodies of triggers and blocks are left out of it, because another case shows them. */
  readonly brief?: boolean;
  /** Tasks as lists of steps. */
  readonly tasks: readonly (readonly number[])[];
  readonly unsupported?: readonly string[];
  /** Why the way back does not lead to the same schema, where it does not. */
  readonly oneWay?: string;
  /** Why columns have other places after the way back, where they have. */
  readonly reordered?: string;
  readonly zeroDowntimeRenames?: boolean;
}

export function planOf({ given, wish = '', goals = [], sizes = {}, version = 18, zeroDowntimeRenames = false }: Case): {
  readonly plan: Plan;
  readonly goals: readonly Goal[];
  readonly options: PlanOptions;
} {
  const all = [...goalsOf(wish), ...goals];
  const measured = (query: string) => judge({ kind: 'optimize', query }, firstIsBest(query, given), catalog(given));
  const options: PlanOptions = {
    engine: 'postgresql',
    version,
    rows: ({ name }) => sizes[name],
    zeroDowntimeRenames,
    measured,
  };
  return { plan: planGoals(all, catalog(given), options), goals: all, options };
}

/** What an engine might have found: every candidate helps, and the first most. */
function firstIsBest(query: string, given: string): Advice {
  const { indexes = [] } = candidates({ kind: 'optimize', query }, catalog(given)) ?? {};
  const estimate = (cost: number) => ({ cost, rows: 1, text: '' });
  return {
    engineVersion: '18',
    before: estimate(1_000),
    trials: indexes.map((_, at) => ({ ...estimate(1 + at), candidates: [at], used: [at] })),
    candidates: indexes.map(() => ({ bytes: 1, bytesPerRow: 1, walPerRow: 1 })),
    tables: [],
    distinct: {},
  };
}

export function outline(plan: Plan, brief = false): readonly string[] {
  const shown = (statement: string) => {
    const text = statement.replace(/\s+/g, ' ');
    return brief ? text.replace(/\$(sync|backfill)\$.*\$\1\$/, '$$$1$$') : text;
  };
  return plan.steps.map(
    ({ phase, sql, hazards, transaction }) =>
      `${phase}${transaction ? '' : ', alone'}: ${sql.map(shown).join('; ')}${hazards.length > 0 ? ` [${hazards.join(', ')}]` : ''}`,
  );
}

/** The plan runs from the old schema with rows in it, its criteria turn true, it arrives, plans nothing more, and goes back. */
export async function prove(db: PGlite, each: Case): Promise<void> {
  const { plan, goals, options } = planOf(each);
  await reset(db);
  await db.exec(each.given);
  await db.exec(each.rows);
  const before = await introspect(db);

  for (const task of plan.tasks) {
    // One with an estimate is asked of the planner, at sizes that no database of a test has.
    const criteria = task.criteria.filter(({ estimate }) => estimate === undefined);
    const held = await Promise.all(criteria.map(({ sql }) => holds(db, sql)));
    expect(held.length, `${task.id} has criteria`).toBeGreaterThan(0);
    expect(
      held,
      `${task.id} is not done before it is done: ${task.criteria.map(({ text }) => text).join('; ')}`,
    ).toContain(false);
    for (const step of plan.steps.filter(({ id }) => task.steps.includes(id))) {
      for (const { sql, text } of step.preconditions ?? []) expect(await holds(db, sql), text).toBe(true);
      await run(db, step, step.sql);
    }
    for (const { sql, text } of criteria) expect(await holds(db, sql), text).toBe(true);
    // What is alone in its file must bear being run again after an interruption.
    for (const step of plan.steps.filter(({ id, transaction }) => task.steps.includes(id) && !transaction))
      await run(db, step, step.sql);
  }
  const after = await introspect(db);

  for (const step of plan.steps.toReversed()) await run(db, step, step.down);
  const places = each.reordered === undefined ? (schema: readonly string[]) => schema : withoutPlaces;
  if (each.oneWay === undefined) expect(places(await introspect(db)), 'the way back').toEqual(places(before));

  const desired = desiredDdl(goals, catalog(each.given), options);
  await reset(db);
  await db.exec(each.given);
  for (const statement of desired) await db.exec(statement);
  expect(after, 'the outcome is that of the plain DDL').toEqual(await introspect(db));

  const again = planGoals(
    goals.filter(({ kind }) => kind === 'change'),
    catalog(each.given, desired.map((statement) => `${statement};`).join('\n')),
    options,
  );
  if (!isDestructive(plan)) expect(outline(again), 'planning again yields nothing').toEqual([]);
}
