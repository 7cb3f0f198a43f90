import type { Catalog } from '../sql/catalog.ts';
import type { ChangeBody, Constraint } from '../sql/change.ts';
import { keyOf, type ObjectName } from '../sql/name.ts';
import type { Goal } from './goal.ts';
import type { Order, SchemaGoal } from './schemas/goal.ts';

/** A goal, or a part of one that has no place in a text any more. */
type Ordered =
  | Exclude<Goal, { readonly kind: 'change' }>
  | { readonly kind: 'change'; readonly change: ChangeBody }
  | SchemaGoal;

/**
 * The goals in an order in which each finds what it builds on: a table before its index, a column before its backfill, the
 * backfill before NOT NULL, the key before the foreign key to it, what depends on a column before the column goes. Goals that
 * do not concern one another keep their order. Goals that need each other in a circle do too.
 */
export function orderGoals<Each extends Ordered>(goals: readonly Each[], catalog: Catalog): readonly Each[] {
  const followers: number[][] = goals.map(() => []);
  const open = makersOf(goals, catalog).map((makers, at) => {
    for (const maker of makers) followers[maker]?.push(at);
    return makers.size;
  });

  const ordered: Each[] = [];
  const placed = goals.map(() => false);
  let from = 0;
  while (ordered.length < goals.length) {
    const at = nextPlace(placed, open, from);
    placed[at] = true;
    ordered.push(goals[at] as Each);
    from = at + 1;
    for (const follower of followers[at] ?? []) {
      open[follower] = (open[follower] ?? 0) - 1;
      if (open[follower] === 0) from = Math.min(from, follower);
    }
  }
  return ordered;
}

/** For each goal, the places of those that make what it needs. */
export function makersOf(goals: readonly Ordered[], catalog: Catalog): readonly ReadonlySet<number>[] {
  const byToken = makersByToken(goals);
  return goals.map((goal, at) => {
    const tokens = [...needs(goal, catalog), ...(orderOf(goal)?.needs ?? [])];
    const makers = new Set(tokens.flatMap((token) => byToken.get(token) ?? []));
    makers.delete(at);
    return makers;
  });
}

/** The first goal that waits for none, which is none before `from`; of goals that wait for each other in a circle, the first of all. */
function nextPlace(placed: readonly boolean[], open: readonly number[], from: number): number {
  for (let at = from; at < placed.length; at++) if (!placed[at] && (open[at] ?? 0) <= 0) return at;
  return placed.indexOf(false);
}

function makersByToken(goals: readonly Ordered[]): ReadonlyMap<string, readonly number[]> {
  const makers = new Map<string, number[]>();
  for (const [at, goal] of goals.entries()) {
    for (const token of [...makes(goal), ...(orderOf(goal)?.makes ?? [])]) {
      const known = makers.get(token);
      if (known === undefined) makers.set(token, [at]);
      else if (known.at(-1) !== at) known.push(at);
    }
  }
  return makers;
}

function orderOf(goal: Ordered): Order | undefined {
  return 'order' in goal ? goal.order : undefined;
}

const table = (name: ObjectName) => `table ${keyOf(name)}`;
const column = (name: ObjectName, of: string) => `column ${keyOf(name)}.${of}`;
const filled = (name: ObjectName, of: string) => `filled ${keyOf(name)}.${of}`;
const required = (name: ObjectName, of: string) => `required ${keyOf(name)}.${of}`;
const key = (name: ObjectName) => `key ${keyOf(name)}`;
const type = (name: string) => `type ${name.replace(/\[\]$/, '')}`;
const reads = (name: ObjectName) => `reads ${keyOf(name)}`;
const columns = (name: ObjectName) => `columns ${keyOf(name)}`;
const gone = (name: ObjectName) => `gone ${keyOf(name)}`;

/** What is there once a goal is reached, as tokens. */
function makes(goal: Ordered): readonly string[] {
  if (goal.kind === 'backfill') return [filled(goal.table, goal.column), reads(goal.table)];
  if (goal.kind !== 'change') return [];
  const { change } = goal;
  switch (change.kind) {
    case 'create-schema':
      return [`schema ${change.schema}`];
    case 'create-extension':
      return ['extension'];
    case 'create-enum':
      return [type(change.type.name), type(keyOf(change.type))];
    case 'add-enum-value':
      return [`value ${change.type.name}`];
    case 'create-table':
      return [table(change.table), key(change.table), ...change.columns.map(({ name }) => column(change.table, name))];
    case 'rename-table':
      return [table({ ...change.table, name: change.to })];
    case 'add-column':
      return [column(change.table, change.column.name), columns(change.table)];
    case 'rename-column':
      return [column(change.table, change.to), columns(change.table)];
    case 'set-default':
      return [`default ${keyOf(change.table)}.${change.column}`];
    case 'set-not-null':
      return [required(change.table, change.column)];
    case 'add-constraint':
      return change.constraint.kind === 'primary-key' || change.constraint.kind === 'unique' ? [key(change.table)] : [];
    case 'drop-constraint':
    case 'drop-index':
      return ['frees'];
    case 'drop-table':
      return [gone(change.table)];
    default:
      return [];
  }
}

/** What must be there, or gone, before a goal can be reached. */
function needs(goal: Ordered, catalog: Catalog): readonly string[] {
  if (goal.kind === 'backfill') {
    return ['extension', table(goal.table), columns(goal.table), `default ${keyOf(goal.table)}.${goal.column}`];
  }
  if (goal.kind !== 'change') return [];
  return goal.change.kind === 'create-schema'
    ? []
    : goal.change.kind === 'create-extension'
      ? []
      : ['extension', ...needsOf(goal.change, catalog)];
}

function needsOf(change: ChangeBody, catalog: Catalog): readonly string[] {
  switch (change.kind) {
    case 'create-enum':
      return schemaOf(change.type);
    case 'add-enum-value':
      return [type(change.type.name)];
    case 'create-table':
      return [
        ...schemaOf(change.table),
        ...change.columns.map((each) => type(each.type)),
        ...change.constraints.flatMap((constraint) => constraintNeeds(change.table, constraint)),
      ];
    case 'add-column':
      return [table(change.table), type(change.column.type), `value ${change.column.type}`];
    case 'set-default':
    case 'drop-default':
    case 'drop-not-null':
    case 'change-column-type':
    case 'rename-column':
      return [table(change.table), column(change.table, change.column)];
    case 'set-not-null':
      return [table(change.table), column(change.table, change.column), filled(change.table, change.column)];
    case 'create-index':
      return [
        table(change.index.table),
        ...change.index.keys.map((each) => column(change.index.table, each.column ?? '')),
        ...change.index.include.map((each) => column(change.index.table, each)),
      ];
    case 'add-constraint':
      return [table(change.table), ...constraintNeeds(change.table, change.constraint)];
    case 'validate-constraint':
      return [table(change.table)];
    case 'comment':
      return [table(change.table), ...(change.column === undefined ? [] : [column(change.table, change.column)])];
    case 'drop-column':
      return ['frees', reads(change.table)];
    case 'drop-table':
      return ['frees', ...referencing(change.table, catalog).map(gone)];
    default:
      return [];
  }
}

/** Other tables that refer to this one. */
function referencing(name: ObjectName, catalog: Catalog): readonly ObjectName[] {
  const refers = (constraint: Constraint) =>
    constraint.kind === 'foreign-key' && keyOf(constraint.references) === keyOf(name);
  return [...catalog.tables.values()]
    .filter((other) => keyOf(other.name) !== keyOf(name) && other.constraints.some(refers))
    .map((other) => other.name);
}

function schemaOf({ schema }: ObjectName): readonly string[] {
  return schema === undefined ? [] : [`schema ${schema}`];
}

function constraintNeeds(name: ObjectName, constraint: Constraint): readonly string[] {
  if (constraint.kind === 'foreign-key') {
    const { references } = constraint;
    const target =
      keyOf(references) === keyOf(name)
        ? []
        : [table(references), key(references), ...constraint.referencedColumns.map((each) => column(references, each))];
    return [...constraint.columns.flatMap((each) => [column(name, each), filled(name, each)]), ...target];
  }
  if (constraint.kind === 'check') return [columns(name), reads(name)];
  if ('columns' in constraint)
    return constraint.columns.flatMap((each) => [column(name, each), filled(name, each), required(name, each)]);
  return [];
}
