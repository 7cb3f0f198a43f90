import { draftOf } from '../../sql/apply/draft.ts';
import { applyTo } from '../../sql/apply/index.ts';
import type { Description } from '../../sql/description.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import { orderGoals } from '../order.ts';
import type { Plan, PlanStep } from '../plan.ts';
import type { Question } from '../question.ts';
import type { Draft, Unsupported } from '../recipe.ts';
import { moveTable } from '../recipes/move-table.ts';
import { renameColumn, renameTable } from '../recipes/rename.ts';
import { createSchema } from '../recipes/schema-objects.ts';
import { type PlanOptions, type Situation, versionOf } from '../situation.ts';
import { type CheckedStep, tasksOf } from '../tasks.ts';
import { type Answers, noAnswers, qualifiedAnswers } from './answers.ts';
import { carryOut } from './carry-out.ts';
import { compareSchemas, type Differences } from './compare/index.ts';
import { byPhase } from './phases.ts';
import { changesOf } from './rename-statements.ts';
import { type Rename, type Renames, renamesBetween } from './renames.ts';

export interface SchemaPlanOptions extends PlanOptions {
  readonly answers?: Answers;
  /** Whether steps stay in the order of their goals, without regard to their phases. */
  readonly inOrderOfGoals?: true;
}

/** What leads from one schema to another, before it has been numbered. */
export interface Route {
  readonly drafts: readonly Draft[];
  readonly unsupported: readonly string[];
  readonly questions: readonly Question[];
  /** Whether the steps stand in another order than their goals. */
  readonly reordered?: boolean;
}

/** The renames that somebody has decided on, and what has to be asked because nobody has. */
export function renamesOf(current: Description, desired: Description, options: SchemaPlanOptions): Renames {
  return renamesBetween(current.catalog, desired.catalog, answersFor([current, desired], options));
}

/**
 * The safe, ordered steps from one schema to another, in which the renames have been made already. While there are questions, there
 * are no steps: what is asked may change any of them.
 */
export function routeBetween(current: Description, desired: Description, options: SchemaPlanOptions): Route {
  const comparison = { current, desired, answers: answersFor([current, desired], options) };
  const { goals, questions, unsupported } = compareSchemas(comparison);
  if (questions.length > 0) return { drafts: [], unsupported, questions };
  const ordered = orderGoals(goals, current.catalog);
  const carried = carryOut(ordered, comparison, options);
  const inOrder = carried.reached.flatMap(({ steps }) => steps);
  const drafts = options.inOrderOfGoals === true ? inOrder : byPhase(carried.reached, current.catalog);
  const reordered = drafts.some((draft, at) => draft !== inOrder[at]);
  return { drafts, unsupported: [...unsupported, ...carried.unsupported], questions: [], reordered };
}

/** Everything that has to be asked: what a rename may make needless is not. */
export function questionsBetween(
  current: Description,
  desired: Description,
  options: SchemaPlanOptions,
): readonly Question[] {
  const { renames, questions } = renamesOf(current, desired, options);
  const differences: Differences = compareSchemas({
    current,
    desired,
    answers: answersFor([current, desired], options),
  });
  const undecided = questions.flatMap(({ choices }) =>
    choices.map((choice) => choice.slice(choice.lastIndexOf('=') + 1)),
  );
  // What has been renamed looks new until it is, and has its values already.
  const decided = renames.flatMap((rename) =>
    rename.kind === 'rename-table' || rename.kind === 'rename-column' ? rename.to : [],
  );
  const names = [...undecided, ...decided];
  const others = differences.questions.filter(({ id }) => !names.some((name) => id.endsWith(`.${name}`)));
  return [...questions, ...others];
}

/** The steps of renames, which come before all others. */
export function renameSteps(renames: readonly Rename[], current: Description, options: SchemaPlanOptions): Route {
  const catalog = draftOf(current.catalog);
  const situation: Situation = {
    catalog,
    version: versionOf(options),
    rows: options.rows ?? (() => undefined),
    created: new Set(),
    exact: true,
    zeroDowntimeRenames: options.zeroDowntimeRenames ?? false,
  };
  const planned = renames.map((rename) => {
    const steps = stepsOfRename(rename, situation);
    for (const change of changesOf(rename)) applyTo(catalog, change);
    return steps;
  });
  return {
    drafts: planned.flatMap((steps) => ('unsupported' in steps ? [] : steps)),
    unsupported: planned.flatMap((steps) => ('unsupported' in steps ? [steps.unsupported] : [])),
    questions: [],
  };
}

function stepsOfRename(rename: Rename, situation: Situation): readonly Draft[] | Unsupported {
  switch (rename.kind) {
    case 'create-schema':
      return createSchema(rename);
    case 'move-table':
      return moveTable(rename, situation);
    case 'rename-table':
      return renameTable(rename, situation);
    case 'rename-column':
      return renameColumn(rename, situation);
  }
}

/** The plan that drafts make, one after another. */
export function planOf(drafts: readonly Draft[], unsupported: readonly string[], tables: readonly string[]): Plan {
  const steps: readonly CheckedStep[] = drafts.map(
    ({ disturbs: _disturbs, harmlessWith: _harmlessWith, ...draft }, at) => ({ id: at + 1, ...draft }),
  );
  const tasks = tasksOf(steps);
  const isHarmless = ({ harmlessWith }: Draft, id: number): boolean =>
    harmlessWith !== undefined &&
    tasks.some(
      ({ steps: own }) =>
        own.includes(id) &&
        own.some((other) => drafts[other - 1]?.sql.some((statement) => statement.startsWith(harmlessWith)) === true),
    );
  return {
    engine: 'postgresql',
    steps: steps.map(({ criteria: _criteria, knowingly, ...step }, at): PlanStep => {
      const draft = drafts[at];
      const isSaid = knowingly !== undefined && (draft === undefined || !isHarmless(draft, step.id));
      return isSaid ? { ...step, knowingly } : step;
    }),
    tasks,
    unsupported,
    tables,
  };
}

/** What somebody has decided, with every name written out. */
export function answersFor(schemas: readonly Description[], { answers = noAnswers }: SchemaPlanOptions): Answers {
  const names = schemas.flatMap(({ catalog }) =>
    [...catalog.tables.values()].map(({ name }: { readonly name: ObjectName }) => keyOf(name)),
  );
  return qualifiedAnswers(answers, names);
}
