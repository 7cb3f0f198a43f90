import type { Description, ObjectKind, SchemaObject } from '../../sql/description.ts';
import { objectIs } from '../object-criteria.ts';
import type { Hazard } from '../plan.ts';
import { type Draft, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import type { ObjectGoal } from '../schemas/goal.ts';
import { inMakingOrder, isTablePart, type State } from '../schemas/state.ts';

/** An object made, changed or dropped by its engine's own statements, with what depends on it dropped and made again around it. */
export function planObject(
  { before, after }: ObjectGoal,
  state: State,
  desired: Description,
): readonly Draft[] | Unsupported {
  if (before === undefined) return after === undefined ? [] : [make(after)];
  if (after === undefined) return drop(before, state);
  return canReplace(before, after) ? [replace(before, after)] : remake(before, after, state, desired);
}

function make(object: SchemaObject): Draft {
  return step({
    title: `${facets.has(object.kind) ? 'Set' : 'Create'} ${wordsOf(object)}`,
    phase: 'expand',
    sql: object.create,
    down: object.drop,
    criteria: objectIs(object, true),
    ...saying(object, 'make'),
    because: `${becauseOf(object)} ${pageOf(object)}`,
  });
}

function drop(object: SchemaObject, state: State): readonly Draft[] | Unsupported {
  const dependants = state.dependants([object.key]);
  if (dependants.length > 0)
    return {
      unsupported: `${wordsOf(object)}: ${dependants.map(wordsOf).join(', ')} would break; drop or change that first`,
    };
  return [
    step({
      title: `Drop ${wordsOf(object)}`,
      phase: 'contract',
      sql: object.drop,
      down: [...object.create, ...state.belongings(object.key).flatMap(({ create }) => create)],
      hazards: hazardsOfDrop(object),
      criteria: objectIs(object, false),
      ...saying(object, 'drop'),
      because: `Nothing in the schema needs it any more; no running code may either. ${pageOf(object)}`,
    }),
  ];
}

function hazardsOfDrop({ kind }: SchemaObject): readonly Hazard[] {
  if (kind === 'persistence') return ['rewrites-table', 'blocks-reads', 'blocks-writes'];
  if (kind === 'comment') return [];
  return kind === 'sequence' ? ['deletes-data', 'breaks-running-code'] : ['breaks-running-code'];
}

/** What belongs to another object and is said of it rather than made. */
const facets: ReadonlySet<ObjectKind> = new Set([
  'comment',
  'privileges',
  'default privileges',
  'row security',
  'storage parameters',
  'replica identity',
  'persistence',
  'trigger state',
  'sequence owner',
]);

function becauseOf({ kind }: SchemaObject): string {
  if (kind === 'persistence') return 'Every row is written anew under an exclusive lock; there is no other way.';
  return facets.has(kind) ? 'Changes the catalog only.' : 'Nothing uses it yet.';
}

/** The rules that the statements of a kind break by their nature, where the desired schema leaves no choice. */
function saying({ kind }: SchemaObject, verb: 'make' | 'drop'): Pick<Draft, 'knowingly'> {
  const said = knownRules[kind]?.[verb];
  return said === undefined ? {} : { knowingly: said.map((rule) => ({ rule, reason })) };
}

const reason = 'the desired schema leaves no other way to it';

const knownRules: {
  readonly [Kind in ObjectKind]?: { readonly make?: readonly string[]; readonly drop?: readonly string[] };
} = {
  view: { drop: ['drop-view'] },
  'materialized view': { drop: ['drop-view'] },
  function: { drop: ['drop-function'] },
  aggregate: { drop: ['drop-function'] },
  trigger: { drop: ['drop-trigger'] },
  'trigger state': { make: ['trigger-lock'], drop: ['trigger-lock'] },
  sequence: { drop: ['drop-sequence'] },
  extension: { drop: ['drop-extension'] },
  domain: { drop: ['drop-type'] },
  composite: { drop: ['drop-type'] },
  range: { drop: ['drop-type'] },
  enum: { drop: ['drop-type'] },
  schema: { drop: ['drop-schema'] },
  persistence: { make: ['set-logged-rewrite'], drop: ['set-logged-rewrite'] },
  attachment: { drop: ['detach-partition-lock'] },
};

/** In place: what is built on it stays. A function keeps what callers and dependants rely on: its result and its arguments. */
function canReplace(before: SchemaObject, after: SchemaObject): boolean {
  return before.replace !== undefined && after.replace !== undefined && before.shape === after.shape;
}

function replace(before: SchemaObject, after: SchemaObject): Draft {
  return step({
    title: `Change ${wordsOf(after)}`,
    phase: 'expand',
    sql: after.replace ?? [],
    down: before.replace ?? [],
    because: `It is changed in place, so what is built on it stays. ${pageOf(after)}`,
  });
}

/** Dropped and made again in one transaction: nobody ever finds it missing, but who uses it waits until the step is over. */
function remake(
  before: SchemaObject,
  after: SchemaObject,
  state: State,
  desired: Description,
): readonly Draft[] | Unsupported {
  const dependants = state.dependants([before.key]);
  const fixed = dependants.filter(isTablePart);
  if (fixed.length > 0)
    return { unsupported: `${wordsOf(after)}: ${fixed.map(wordsOf).join(', ')} cannot be made again around it` };
  const around = [...dependants, ...state.belongings(before.key)];
  const then = formsAfter(around, state, desired, after.key);
  for (const object of then) state.put(object);
  const isFilled = before.kind === 'materialized view' || dependants.some(({ kind }) => kind === 'materialized view');
  return [
    step({
      title: `Make ${wordsOf(after)} anew`,
      phase: 'expand',
      sql: [...dropsOf(dependants), ...before.drop, ...after.create, ...createsOf(then)],
      down: [...dropsOf(inMakingOrder(then)), ...after.drop, ...before.create, ...createsOf(around)],
      hazards: isFilled ? ['blocks-reads', 'long-running'] : [],
      ...(isFilled ? { statementTimeoutMs: scanMs } : {}),
      because: `Dropped and made again in one transaction, with its comments, privileges and what depends on it, so that nobody finds it missing. ${pageOf(after)}`,
    }),
  ];
}

/**
 * What is made again around a change, in the form that the desired schema has where all of it can have it already: a view that read a
 * column which the changed object no longer has must not be made as it was.
 */
export function formsAfter(
  objects: readonly SchemaObject[],
  state: State,
  desired: Description,
  making?: string,
): readonly SchemaObject[] {
  const wanted = objects.flatMap(({ key }) => desired.objects.get(key) ?? []);
  const isThere = (key: string) => key === making || state.get(key) !== undefined || key.startsWith('schema ');
  return wanted.length === objects.length && wanted.every(({ needs }) => needs.every(isThere)) ? wanted : objects;
}

/** The statements that make objects, each after those that it needs. */
export function createsOf(objects: readonly SchemaObject[]): readonly string[] {
  return inMakingOrder(objects).flatMap(({ create }) => create);
}

/** The statements that clear the way, what depends on others first. What goes with its owner is not dropped by itself. */
export function dropsOf(objects: readonly SchemaObject[]): readonly string[] {
  const keys = new Set(objects.map(({ key }) => key));
  return objects
    .filter(({ of }) => of === undefined || !keys.has(of))
    .flatMap(({ drop }) => drop)
    .reverse();
}

/** `view orders`: the schema `public` is left out, as people do. */
export function wordsOf({ key }: SchemaObject): string {
  return key.replace(/\bpublic\./g, '');
}

const pages: Readonly<Record<ObjectKind, string>> = {
  schema: 'sql-createschema',
  extension: 'sql-createextension',
  enum: 'sql-altertype',
  domain: 'sql-createdomain',
  composite: 'sql-createtype',
  range: 'sql-createtype',
  sequence: 'sql-altersequence',
  table: 'sql-altertable',
  column: 'sql-altertable',
  constraint: 'sql-altertable',
  index: 'sql-createindex',
  view: 'sql-createview',
  'materialized view': 'sql-creatematerializedview',
  function: 'sql-createfunction',
  aggregate: 'sql-createaggregate',
  trigger: 'sql-createtrigger',
  rule: 'sql-createrule',
  policy: 'sql-createpolicy',
  statistics: 'sql-createstatistics',
  other: 'sql-commands',
  comment: 'sql-comment',
  privileges: 'sql-grant',
  'default privileges': 'sql-alterdefaultprivileges',
  'row security': 'ddl-rowsecurity',
  'storage parameters': 'sql-altertable',
  'replica identity': 'sql-altertable',
  persistence: 'sql-altertable',
  attachment: 'ddl-partitioning',
  inheritance: 'ddl-inherit',
  'trigger state': 'sql-altertable',
  'sequence owner': 'sql-altersequence',
};

function pageOf({ kind }: SchemaObject): string {
  return manual(pages[kind]);
}
