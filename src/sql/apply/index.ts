import { type Catalog, emptyCatalog } from '../catalog.ts';
import type { Change, ChangeBody, Script } from '../change.ts';
import type { Engine } from '../engine.ts';
import { applyTo } from './apply-to.ts';
import { type Draft, draftOf, snapshot } from './draft.ts';
import { watchTransactions } from './rollback.ts';
import { inSearchPath } from './search-path.ts';

export { applyTo } from './apply-to.ts';

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
  for (const change of changes) applyNow(draft, change, problems);
  return { catalog: snapshot(draft), problems };
}

function applyNow(draft: Draft, change: Change, problems: CatalogProblem[]): void {
  // What stands in a function happens when it is called.
  if (change.within !== undefined) return;
  const problem = applyTo(draft, change);
  if (problem !== undefined) problems.push({ change, problem });
}

/** The schema that scripts make of an empty database. */
export function catalogOf(
  engine: Engine,
  scripts: Iterable<Script>,
): { readonly catalog: Catalog; readonly problems: readonly CatalogProblem[] } {
  const draft = draftOf(emptyCatalog(engine));
  const problems: CatalogProblem[] = [];
  for (const script of scripts) {
    const follow = watchTransactions(script, draft);
    for (const { changes } of inSearchPath(script, draft).statements) {
      for (const change of changes) {
        applyNow(draft, change, problems);
        follow(change);
      }
    }
  }
  return { catalog: snapshot(draft), problems };
}
