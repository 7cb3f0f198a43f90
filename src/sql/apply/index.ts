import { type Catalog, emptyCatalog } from '../catalog.ts';
import type { Change, ChangeBody, ChangeKind, Script } from '../change.ts';
import type { Engine } from '../engine.ts';
import { accessAppliers } from './access.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';
import { type Draft, draftOf, type Problem, snapshot } from './draft.ts';
import { objectAppliers } from './objects.ts';
import { relationAppliers } from './relations.ts';
import { routineAppliers } from './routines.ts';
import { setSetting } from './settings.ts';
import { storageAppliers } from './storage.ts';
import { typeAppliers } from './types.ts';

/** A change that refers to something the catalog does not know, or that cannot be. */
export interface CatalogProblem {
  readonly change: Change;
  readonly problem: string;
}

/**
 * The catalog after one change; the one given stays as it is. `problem` says what the change refers to and the catalog does
 * not know. For many changes, {@link applyAll} does not copy the catalog each time.
 */
export function applyChange(
  catalog: Catalog,
  change: ChangeBody,
): { readonly catalog: Catalog; readonly problem?: string } {
  const draft = draftOf(catalog);
  const problem = applyTo(draft, change);
  return { catalog: snapshot(draft), ...(problem === undefined ? {} : { problem }) };
}

/** The catalog after all the changes, in order. */
export function applyAll(
  catalog: Catalog,
  changes: Iterable<Change>,
): { readonly catalog: Catalog; readonly problems: readonly CatalogProblem[] } {
  const draft = draftOf(catalog);
  const problems: CatalogProblem[] = [];
  for (const change of changes) {
    // What stands in a function happens when it is called.
    if (change.within !== undefined) continue;
    const problem = applyTo(draft, change);
    if (problem !== undefined) problems.push({ change, problem });
  }
  return { catalog: snapshot(draft), problems };
}

/** The schema that scripts make of an empty database. */
export function catalogOf(
  engine: Engine,
  scripts: Iterable<Script>,
): { readonly catalog: Catalog; readonly problems: readonly CatalogProblem[] } {
  return applyAll(emptyCatalog(engine), changesOf(scripts));
}

function* changesOf(scripts: Iterable<Script>): Generator<Change> {
  for (const { statements } of scripts) for (const { changes } of statements) yield* changes;
}

/** Makes a change to a draft. What is not part of a schema leaves it as it is. */
export function applyTo(draft: Draft, change: ChangeBody): Problem {
  const applier = appliers[change.kind] as (draft: Draft, change: ChangeBody) => Problem;
  return applier(draft, change);
}

const appliers: Appliers<ChangeKind> = {
  ...relationAppliers,
  ...typeAppliers,
  ...storageAppliers,
  ...routineAppliers,
  ...accessAppliers,
  ...objectAppliers,
  query: leaveAsItIs,
  transaction: leaveAsItIs,
  set: setSetting,
  maintain: leaveAsItIs,
  other: leaveAsItIs,
};
