import type { Catalog } from '../../catalog.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { linksOf, readersOfColumn } from './direct.ts';
import { objectKey, type SchemaObject } from './objects.ts';

export { nameObject, nameObjects, type SchemaObject } from './objects.ts';

/** Something that goes when an object goes. */
export interface Dependant {
  readonly object: SchemaObject;
  /** It is a part of what is dropped, and goes without CASCADE: the index of a column, a table's partition. */
  readonly automatic: boolean;
}

/**
 * Everything that goes when an object goes, in the order of the way there. Without CASCADE, PostgreSQL refuses the drop as soon
 * as one of them is not automatic. `together`: what the same statement drops besides, which is therefore no obstacle.
 */
export function dependants(
  catalog: Catalog,
  object: SchemaObject,
  together: readonly SchemaObject[] = [],
): readonly Dependant[] {
  const roots = [object, ...together];
  const gone = new Map<string, Dependant>(roots.map((root) => [objectKey(root), { object: root, automatic: true }]));
  const rootKeys = new Set(gone.keys());
  // What depends on the others is said of them.
  const waiting = [object];
  for (let at = 0; at < waiting.length; at++) {
    for (const link of linksOf(catalog, waiting[at] as SchemaObject)) {
      const key = objectKey(link.object);
      const known = gone.get(key);
      if (known === undefined) waiting.push(link.object);
      if (known === undefined || (link.automatic && !known.automatic)) gone.set(key, link);
    }
  }
  const reached = [...gone].filter(([key]) => !rootKeys.has(key)).map(([, dependant]) => dependant);
  return reached.map((each) => (isWithin(each.object, gone) ? { ...each, automatic: true } : each));
}

/** Whether an object goes as a part of a table or a column that goes itself. */
function isWithin(object: SchemaObject, gone: ReadonlyMap<string, Dependant>): boolean {
  if (!('part' in object)) return false;
  if (gone.has(objectKey({ kind: object.kind === 'attribute' ? 'type' : 'table', name: object.of }))) return true;
  return object.kind === 'default' && gone.has(objectKey({ kind: 'column', of: object.of, part: object.part }));
}

/** What a plain drop of the object fails on, and what CASCADE takes along. */
export function obstacles(
  catalog: Catalog,
  object: SchemaObject,
  together: readonly SchemaObject[] = [],
): readonly SchemaObject[] {
  return dependants(catalog, object, together).flatMap((each) => (each.automatic ? [] : [each.object]));
}

/**
 * What makes PostgreSQL refuse another type for a column: views, generated columns and policies that use it directly (source,
 * ATExecAlterColumnType).
 */
export function typeObstacles(catalog: Catalog, table: ObjectName, column: string): readonly SchemaObject[] {
  return [...readersOfColumn(catalog, table, column)].map(({ object }) => object);
}

/** The relation of that name as an object: a view where the catalog knows one, else a table. */
export function relationObject({ views }: Catalog, name: ObjectName): SchemaObject {
  const view = views.get(keyOf(name));
  if (view === undefined) return { kind: 'table', name };
  return { kind: view.materialized ? 'materialized-view' : 'view', name };
}
