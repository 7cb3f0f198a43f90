import { type Draft as CatalogDraft, draftOf } from '../../sql/apply/draft.ts';
import { applyTo } from '../../sql/apply/index.ts';
import type { Catalog } from '../../sql/catalog.ts';
import type { ChangeBody } from '../../sql/change.ts';
import { keyOf } from '../../sql/name.ts';
import { splitChange } from '../expand.ts';
import type { Goal } from '../goal.ts';
import type { Draft, Unsupported } from '../recipe.ts';
import { alterComposite } from '../recipes/alter-composite.ts';
import { alterDomain } from '../recipes/alter-domain.ts';
import { backfill } from '../recipes/backfill.ts';
import { planChange } from '../recipes/index.ts';
import { dropsOfMove, endMove } from '../recipes/move-columns/end-move.ts';
import { moveColumns } from '../recipes/move-columns/move-columns.ts';
import { planObject } from '../recipes/object.ts';
import { planReplacement } from '../recipes/replacements.ts';
import { type PlanOptions, type Situation, versionOf } from '../situation.ts';
import { around, aroundEnum, withBelongings } from './around.ts';
import type { Comparison } from './compare/index.ts';
import type { ObjectGoal, Replacement, SchemaGoal } from './goal.ts';
import { nameOf } from './keys.ts';
import { partitionSteps } from './partitions.ts';
import type { Reached } from './phases.ts';
import { type State, stateOf } from './state.ts';

export interface CarriedOut {
  readonly reached: readonly Reached[];
  readonly unsupported: readonly string[];
}

/** The steps to goals, which come in order, each from the schema that the ones before it leave. */
export function carryOut(
  goals: readonly SchemaGoal[],
  { current, desired, answers }: Comparison,
  options: PlanOptions,
): CarriedOut {
  const catalog = draftOf(tablesOnly(current.catalog));
  const state = stateOf(current);
  const situation: Situation = {
    catalog,
    version: versionOf(options),
    rows: options.rows ?? (() => undefined),
    created: new Set(goals.flatMap(createdTable)),
    exact: true,
  };
  const reached: Reached[] = [];
  const unsupported: string[] = [];
  for (const goal of goals) {
    const answer = stepsOf(goal, { situation, catalog, state, current, desired, fills: fillsOf(answers) });
    if ('unsupported' in answer) {
      unsupported.push(answer.unsupported);
      continue;
    }
    reached.push({ goal, steps: answer });
    for (const token of goal.order.makes) follow(token, state, desired);
  }
  return { reached, unsupported };
}

interface World {
  readonly situation: Situation;
  readonly catalog: CatalogDraft;
  readonly state: State;
  readonly current: Comparison['current'];
  readonly desired: Comparison['desired'];
  readonly fills: readonly Goal[];
}

function stepsOf(
  goal: SchemaGoal,
  { situation, catalog, state, current, desired, fills }: World,
): readonly Draft[] | Unsupported {
  if (goal.kind === 'backfill') return backfill(goal, situation);
  if (goal.kind === 'object') return objectSteps(goal, { situation, catalog, state, current, desired });
  if (goal.kind === 'move-columns') return moveColumns(goal, situation);
  if (goal.kind === 'end-move') {
    const changes = dropsOfMove(goal);
    let steps = endMove(goal, situation);
    for (const change of changes) steps = withBelongings(change, steps, state);
    for (const change of changes) applyTo(catalog, change);
    return steps;
  }
  if (goal.kind !== 'change') {
    const planned = planReplacement(goal, situation);
    const steps =
      goal.kind === 'replace-enum' && !('unsupported' in planned)
        ? aroundEnum(goal.type, planned, state, desired)
        : planned;
    if (!('unsupported' in steps)) for (const change of replaced(goal)) applyTo(catalog, change);
    return steps;
  }

  const parts = splitChange(goal.change, situation, fills);
  if (typeof parts === 'string') return { unsupported: parts };
  const steps: Draft[] = [];
  for (const part of parts) {
    const planned = part.kind === 'change' ? planChange(part.change, situation) : backfill(part, situation);
    if ('unsupported' in planned) return planned;
    const surrounded = part.kind === 'change' ? around(part.change, planned, state, desired) : planned;
    if ('unsupported' in surrounded) return surrounded;
    steps.push(...surrounded);
    if (part.kind === 'change') applyTo(catalog, part.change);
  }
  return withBelongings(goal.change, steps, state);
}

/** The values that new columns get in the rows that are there. */
function fillsOf({ fills }: Comparison['answers']): readonly Goal[] {
  return [...fills].map(([key, value]) => {
    const dot = key.lastIndexOf('.');
    return { kind: 'backfill', table: nameOf(key.slice(0, dot)), column: key.slice(dot + 1), value };
  });
}

/** What a replacement does to the catalog that later recipes ask. */
function replaced(goal: Replacement): readonly ChangeBody[] {
  switch (goal.kind) {
    case 'replace-constraint': {
      const { table, before, after } = goal;
      return [
        { kind: 'drop-constraint', table, name: before.name, ifExists: true, cascade: true },
        { kind: 'add-constraint', table, constraint: after },
      ];
    }
    case 'replace-index': {
      const { table, name } = goal.before;
      return [
        { kind: 'drop-index', index: { ...table, name }, concurrently: true, ifExists: true, cascade: false },
        { kind: 'create-index', index: goal.after, concurrently: true, ifNotExists: false },
      ];
    }
    case 'replace-enum':
      return [{ kind: 'create-enum', type: goal.type, values: goal.values }];
    case 'change-identity':
      return [];
  }
}

/** A type that columns have is altered, because it cannot be made anew around them. */
function objectSteps(goal: ObjectGoal, world: Omit<World, 'fills'>): readonly Draft[] | Unsupported {
  const { catalog, state, desired } = world;
  const { after } = goal;
  const before = goal.before === undefined ? undefined : (state.get(goal.before.key) ?? goal.before);
  // A change of the column that it reads may have brought it already.
  if (before !== undefined && before.definition === after?.definition) return [];
  const partition = (after ?? before)?.kind === 'attachment' ? partitionSteps(goal, world) : undefined;
  if (partition !== undefined) return partition;
  if (before === undefined || after === undefined) return planObject(goal, state, desired);
  const name = after.key.slice(after.kind.length + 1);
  if (after.kind === 'domain') {
    const [was, is] = [catalog.domains.get(name), desired.catalog.domains.get(name)];
    if (was !== undefined && is !== undefined) return alterDomain(was, is);
  }
  if (after.kind === 'composite') {
    const [was, is] = [catalog.composites.get(name), desired.catalog.composites.get(name)];
    if (was !== undefined && is !== undefined) return alterComposite(nameOf(name), was, is);
  }
  return planObject({ ...goal, before }, state, desired);
}

/** What a reached goal has made or dropped. */
function follow(token: string, state: State, { objects }: Comparison['desired']): void {
  if (token.startsWith('gone ')) state.remove(token.slice('gone '.length));
  const made = objects.get(token) ?? objects.get(token.replace(/^typed /, ''));
  if (made !== undefined) state.put(made);
}

/** Recipes of tables ask the catalog for tables alone; everything else is in the state, with what it needs. */
function tablesOnly(catalog: Catalog): Catalog {
  const tables = [...catalog.tables].map(([key, table]) => {
    const { triggers: _triggers, policies: _policies, comment: _comment, ...bare } = table;
    return [key, { ...bare, columns: bare.columns.map(({ comment: _of, ...column }) => column) }] as const;
  });
  return { ...catalog, tables: new Map(tables), views: new Map(), functions: new Map() };
}

function createdTable(goal: SchemaGoal): readonly string[] {
  return goal.kind === 'change' && goal.change.kind === 'create-table' ? [keyOf(goal.change.table)] : [];
}
