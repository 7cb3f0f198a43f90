import { draftOf } from '../sql/apply/draft.ts';
import { applyChange, applyTo } from '../sql/apply/index.ts';
import { type Catalog, columnOf, tableOf } from '../sql/catalog.ts';
import type { BodyOf, ChangeBody } from '../sql/change.ts';
import { display, keyOf, type ObjectName } from '../sql/name.ts';
import type { Goal } from './goal.ts';
import { nameConstraint, nameIndex, nameTable } from './names.ts';
import type { Criterion } from './plan.ts';
import { isPresent } from './present.ts';
import { fillsEveryRow } from './recipes/add-column.ts';
import type { Backfill } from './recipes/backfill.ts';
import { isCovered } from './recipes/create-index.ts';
import { isPlanned, type PlannedChange } from './recipes/index.ts';
import type { Optimize } from './recipes/optimize.ts';
import { leftoverCheck } from './recipes/set-not-null.ts';
import { unsafeText } from './safe-text.ts';
import { isEmpty, type Situation } from './situation.ts';

/** A goal that one recipe can reach: named, split, not there yet. */
export type Wanted =
  /** `application`: what code must do once this is there, before the next goal. */
  | {
      readonly kind: 'change';
      readonly change: PlannedChange;
      readonly application?: string;
      /** What is true once this is there, beside what its recipe says. */
      readonly criteria?: readonly Criterion[];
    }
  | Backfill;

export interface Expanded {
  readonly wanted: readonly Wanted[];
  readonly unsupported: readonly string[];
}

/** Splits goals, which come in order, into what single recipes can reach, and leaves out what is so already. */
export function expandGoals(goals: readonly Goal[], situation: Situation): Expanded {
  const wanted: Wanted[] = [];
  const unsupported: string[] = [];
  // One draft for all: copying a large catalog for every goal would cost square time.
  const catalog = draftOf(situation.catalog);

  const take = (change: ChangeBody, criteria: readonly Criterion[] = []): void => {
    if (change.kind === 'set' || change.kind === 'transaction') return; // how a statement is to be run is the plan's own business
    const parts = splitChange(change, { ...situation, catalog }, goals);
    if (typeof parts === 'string') unsupported.push(parts);
    else for (const part of parts) add(part.kind === 'change' && criteria.length > 0 ? { ...part, criteria } : part);
  };
  const add = (part: Wanted): void => {
    wanted.push(part);
    if (part.kind === 'change') applyTo(catalog, part.change);
  };

  for (const goal of goals) {
    if (goal.kind === 'change') take(goal.change);
    else if (goal.kind === 'backfill') {
      if (hasColumn(catalog, goal.table, goal.column)) add(goal);
      else unsupported.push(`backfill of ${display(goal.table)}.${goal.column}: there is no such column`);
    } else optimize(goal, situation, take, unsupported);
  }
  return { wanted, unsupported };
}

/** Only what was measured to be worth its writes is built; that nothing is, is said where the query is spoken of. */
function optimize(
  { query }: Optimize,
  { measured }: Situation,
  take: (change: ChangeBody, criteria: readonly Criterion[]) => void,
  unsupported: string[],
): void {
  const judged = measured?.(query);
  const short = query.replace(/\s+/g, ' ').trim().slice(0, 80);
  if (judged === undefined) unsupported.push(`the query \`${short}\`: it was not measured on an engine`);
  else if ('failure' in judged) unsupported.push(`the query \`${short}\`: ${judged.failure}`);
  else
    for (const [at, index] of judged.chosen.entries()) {
      const isLast = at === judged.chosen.length - 1;
      take({ kind: 'create-index', index, concurrently: true, ifNotExists: false }, isLast ? [judged.criterion] : []);
    }
}

/** The parts of one change; nothing where it is so already; a sentence where it cannot be. */
export function splitChange(
  change: ChangeBody,
  situation: Situation,
  goals: readonly Goal[],
): readonly Wanted[] | string {
  const { catalog } = situation;
  const unsafe = unsafeText(change);
  if (unsafe !== undefined) return `${change.kind} with \`${unsafe}\`: not one SQL expression`;
  const present = isPresent(change, catalog);
  if (present === true) return [];
  if (present !== false) return present;
  if (!isPlanned(change)) return `${subjectOf(change)}: there is no recipe for it yet`;
  const { problem } = applyChange(catalog, {
    ...change,
    ...('ifExists' in change ? { ifExists: false } : {}),
  } as ChangeBody);
  if (problem !== undefined) return problem;

  switch (change.kind) {
    case 'create-table':
      return splitTable(nameTable(change, catalog));
    case 'add-column':
      return splitColumn(change, situation, goals);
    case 'add-constraint':
      return splitConstraint(change, situation);
    case 'set-not-null': {
      const name = leftoverCheck(change.table, change.column, situation);
      const drop =
        name === undefined
          ? []
          : one({ kind: 'drop-constraint', table: change.table, name, ifExists: true, cascade: false });
      return [...one(change), ...drop];
    }
    case 'create-index':
      return one({ ...change, index: nameIndex(change.index, catalog) });
    default:
      return one(change);
  }
}

/** What a change is and what it is about. */
function subjectOf(change: ChangeBody): string {
  const what = change.kind === 'other' || change.kind === 'maintain' ? change.what : change.kind;
  if ('table' in change && change.table !== undefined) return `${what} ${display(change.table)}`;
  if ('view' in change) return `${what} ${display(change.view)}`;
  if ('type' in change && typeof change.type !== 'string') return `${what} ${display(change.type)}`;
  return 'schema' in change ? `${what} ${change.schema}` : what;
}

function one(change: PlannedChange): readonly Wanted[] {
  return [{ kind: 'change', change }];
}

function splitTable(change: BodyOf<'create-table'>): readonly Wanted[] {
  const { table, columns, constraints, indexes } = change;
  const elsewhere = constraints.filter(
    (constraint) => constraint.kind === 'foreign-key' && keyOf(constraint.references) !== keyOf(table),
  );
  const comments = columns.flatMap(({ name, comment }) =>
    comment === undefined ? [] : one({ kind: 'comment', table, column: name, comment }),
  );
  return [
    ...one({
      ...change,
      columns: columns.map(({ comment: _comment, ...column }) => column),
      constraints: constraints.filter((constraint) => !elsewhere.includes(constraint)),
      indexes: [],
    }),
    ...indexes.flatMap((index) => one({ kind: 'create-index', index, concurrently: false, ifNotExists: false })),
    ...elsewhere.flatMap((constraint) => one({ kind: 'add-constraint', table, constraint })),
    ...comments,
  ];
}

/** A column whose value each existing row must get first becomes several goals: add, default, fill, require. */
function splitColumn(
  change: BodyOf<'add-column'>,
  situation: Situation,
  goals: readonly Goal[],
): readonly Wanted[] | string {
  const { table } = change;
  const { comment, ...column } = change.column;
  const described = comment === undefined ? [] : one({ kind: 'comment', table, column: column.name, comment });
  const filling = goals.find(
    (goal): goal is Backfill =>
      goal.kind === 'backfill' && keyOf(goal.table) === keyOf(table) && goal.column === column.name,
  );
  const filledByGoal = filling !== undefined;
  const value = column.default;
  const needsValue = !column.nullable && value === undefined && column.generated === undefined;
  const slow = filledByGoal || needsValue || value?.volatility === 'volatile';
  if (isEmpty(situation, table) || !slow || fillsEveryRow(column, situation))
    return [...one({ ...change, column }), ...described];
  if (needsValue && !filledByGoal) {
    return `column ${display(table)}.${column.name} is required and has no default: say which value the existing rows get`;
  }

  const { default: _default, ...bare } = column;
  const name = `${display(table)}.${column.name}`;
  // With a default new rows have their value already; without one only the application can give it to them.
  const writer =
    value === undefined
      ? {
          application: `Write ${name} in every insert and update, and deploy that before the existing rows are filled.`,
        }
      : {};
  return [
    { kind: 'change', change: { ...change, column: { ...bare, nullable: true } }, ...writer },
    ...described,
    ...(value === undefined ? [] : one({ kind: 'set-default', table, column: column.name, default: value })),
    ...(filling !== undefined && situation.exact === true ? [filling] : []),
    ...(value === undefined || filledByGoal
      ? []
      : [{ kind: 'backfill', table, column: column.name, value: value.sql } as const]),
    ...(column.nullable ? [] : one({ kind: 'set-not-null', table, column: column.name })),
  ];
}

/**
 * A primary key first makes its columns required: from an index it would scan the table under its lock. A foreign key brings
 * an index on its columns where none covers them, because every DELETE and key UPDATE of the referenced table searches them
 * (the manual, "Constraints": PostgreSQL makes none by itself).
 */
function splitConstraint(change: BodyOf<'add-constraint'>, { catalog, ...situation }: Situation): readonly Wanted[] {
  const { table } = change;
  const constraint = nameConstraint(table, change.constraint, catalog);
  const known = tableOf(catalog, table);
  if (known === undefined) return [];
  const named = one({ ...change, constraint });
  if (isEmpty(situation, table)) return named;
  if (constraint.kind === 'primary-key') {
    const nullable = constraint.columns.filter((column) => columnOf(known, column)?.nullable !== false);
    return [...nullable.flatMap((column) => one({ kind: 'set-not-null', table, column })), ...named];
  }
  if (situation.exact === true || constraint.kind !== 'foreign-key' || isCovered(catalog, table, constraint.columns))
    return named;
  const keys = constraint.columns.map((column) => ({ column }));
  const index = nameIndex({ table, method: 'btree', keys, include: [], unique: false }, catalog);
  return [...one({ kind: 'create-index', index, concurrently: true, ifNotExists: false }), ...named];
}

function hasColumn(catalog: Catalog, table: ObjectName, column: string): boolean {
  const known = tableOf(catalog, table);
  return known !== undefined && (known.open || columnOf(known, column) !== undefined);
}
