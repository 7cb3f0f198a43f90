import { unreachable } from '../../kernel/errors.ts';
import { type Catalog, emptyCatalog } from '../catalog.ts';
import type { Change, ChangeBody, Script } from '../change.ts';
import type { Engine } from '../engine.ts';
import { keyOf } from '../name.ts';
import * as columns from './columns.ts';
import * as constraints from './constraints.ts';
import { type Draft, draftOf, type Problem, snapshot } from './draft.ts';
import * as indexes from './indexes.ts';
import * as objects from './objects.ts';
import * as tables from './tables.ts';

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
  switch (change.kind) {
    case 'create-schema':
      draft.schemas.add(change.schema);
      return undefined;
    case 'drop-schema':
      return objects.dropSchema(draft, change);
    case 'create-table':
      return tables.createTable(draft, change);
    case 'drop-table':
      return tables.dropTable(draft, change);
    case 'rename-table':
      return tables.renameTable(draft, change);
    case 'set-table-schema':
      return tables.setTableSchema(draft, change);
    case 'add-column':
      return columns.addColumn(draft, change);
    case 'drop-column':
      return columns.dropColumn(draft, change);
    case 'rename-column':
      return columns.renameColumn(draft, change);
    case 'change-column-type':
      return columns.changeColumnType(draft, change);
    case 'set-not-null':
      return columns.setNotNull(draft, change);
    case 'drop-not-null':
      return columns.dropNotNull(draft, change);
    case 'set-default':
      return columns.setDefault(draft, change);
    case 'drop-default':
      return columns.dropDefault(draft, change);
    case 'add-constraint':
      return constraints.addConstraint(draft, change);
    case 'drop-constraint':
      return constraints.dropConstraint(draft, change);
    case 'validate-constraint':
      return constraints.validateConstraint(draft, change);
    case 'rename-constraint':
      return constraints.renameConstraint(draft, change);
    case 'create-index':
      return indexes.createIndex(draft, change);
    case 'drop-index':
      return indexes.dropIndex(draft, change);
    case 'rename-index':
      return indexes.renameIndex(draft, change);
    case 'create-enum':
      draft.enums.set(keyOf(change.type), change.values);
      return undefined;
    case 'add-enum-value':
      return objects.addEnumValue(draft, change);
    case 'drop-type':
      return objects.dropType(draft, change);
    case 'create-view':
      return objects.createView(draft, change);
    case 'drop-view':
      draft.views.delete(keyOf(change.view));
      return undefined;
    case 'create-extension':
      draft.extensions.add(change.extension);
      return undefined;
    case 'comment':
      return objects.setComment(draft, change);
    case 'write-data':
      return objects.writeData(draft, change);
    case 'query':
    case 'transaction':
    case 'set':
    case 'maintain':
    case 'other':
      return undefined;
    default:
      return unreachable(change);
  }
}
