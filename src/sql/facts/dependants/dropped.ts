import type { Catalog, Table } from '../../catalog.ts';
import type { Change, ChangeBody } from '../../change.ts';
import { keyOf } from '../../name.ts';
import { ownerOf } from '../locks/relations.ts';
import { relationObject } from './index.ts';
import { objectKey, type SchemaObject } from './objects.ts';

/** The object that a change drops, as far as it is one of a schema's; `undefined` for every other change. */
export function objectOf(change: ChangeBody, catalog: Catalog): SchemaObject | undefined {
  switch (change.kind) {
    case 'drop-table':
      return relationObject(catalog, change.table);
    case 'drop-view':
      return { kind: change.materialized ? 'materialized-view' : 'view', name: change.view };
    case 'drop-column':
      return { kind: 'column', of: change.table, part: change.column };
    case 'drop-constraint':
      return { kind: 'constraint', of: change.table, part: change.name };
    case 'drop-index':
      return { kind: 'index', name: change.index };
    case 'drop-sequence':
      return { kind: 'sequence', name: change.sequence };
    case 'drop-type':
      return { kind: 'type', name: change.type };
    case 'drop-function':
      return { kind: 'function', name: change.function };
    case 'drop-schema':
      return { kind: 'schema', name: { name: change.schema } };
    case 'drop-extension':
      return { kind: 'extension', name: { name: change.extension } };
    case 'drop-trigger':
      return { kind: 'trigger', of: change.table, part: change.trigger };
    case 'drop-policy':
      return { kind: 'policy', of: change.table, part: change.policy };
    default:
      return undefined;
  }
}

/** What else the same DROP statement names. ALTER TABLE is no such statement: its commands run one after the other. */
export function alsoDropped(
  object: SchemaObject,
  siblings: readonly Change[],
  catalog: Catalog,
): readonly SchemaObject[] {
  if ('part' in object || siblings.length === 1) return [];
  const key = objectKey(object);
  return siblings.flatMap((sibling) => {
    const other = objectOf(sibling, catalog);
    return other === undefined || 'part' in other || objectKey(other) === key ? [] : [other];
  });
}

/** Whether the catalog knows the object, so that what depends on it is known too. */
export function isKnown(object: SchemaObject, catalog: Catalog): boolean {
  if ('part' in object) {
    const table = catalog.tables.get(keyOf(object.of));
    return table !== undefined && !table.open;
  }
  const key = keyOf(object.name);
  switch (object.kind) {
    case 'table':
      return catalog.tables.has(key);
    case 'view':
    case 'materialized-view':
      return catalog.views.has(key);
    case 'sequence':
      return catalog.sequences.has(key);
    case 'type':
      return catalog.enums.has(key) || catalog.domains.has(key) || catalog.composites.has(key);
    case 'function':
      return catalog.functions.has(key);
    case 'index':
      return ownerOf(object.name, catalog) !== undefined;
    // They hold what the catalog does not keep: text search configurations, operators, casts.
    case 'schema':
    case 'extension':
      return false;
  }
}

/** Whether the object is not there for sure, in a catalog that holds the whole schema. */
export function isMissing(object: SchemaObject, catalog: Catalog): boolean {
  switch (object.kind) {
    // The catalog does not keep every one of them: sequences of serial columns, what is in other schemas, built-in parts.
    case 'schema':
    case 'extension':
    case 'sequence':
    case 'index':
    case 'default':
    case 'attribute':
      return false;
    case 'table':
    case 'view':
    case 'materialized-view':
    case 'type':
    case 'function':
      return !isKnown(object, catalog);
    case 'column':
    case 'constraint':
    case 'trigger':
    case 'policy': {
      const table = catalog.tables.get(keyOf(object.of));
      if (table === undefined || table.open) return false;
      return !partsOf(table, object.kind).some(({ name }) => name === object.part);
    }
  }
}

function partsOf(
  table: Table,
  kind: 'column' | 'constraint' | 'trigger' | 'policy',
): readonly { readonly name?: string }[] {
  switch (kind) {
    case 'column':
      return table.columns;
    case 'constraint':
      return table.constraints;
    case 'trigger':
      return table.triggers ?? [];
    case 'policy':
      return table.policies ?? [];
  }
}
