import type { Catalog } from '../../sql/catalog.ts';
import { nameObject, obstacles, type SchemaObject, typeObstacles } from '../../sql/facts/dependants/index.ts';
import type { ObjectName } from '../../sql/name.ts';

/** What would go with CASCADE, in words; foreign keys and partitions are said in words of their own. */
export function alsoLost(catalog: Catalog, object: SchemaObject): readonly string[] {
  return inWords(obstacles(catalog, object).filter(({ kind }) => kind !== 'constraint'));
}

/** What makes the engine refuse another type for a column, in words. */
export function boundTo(catalog: Catalog, table: ObjectName, column: string): readonly string[] {
  return inWords(typeObstacles(catalog, table, column));
}

function inWords(objects: readonly SchemaObject[]): readonly string[] {
  return objects.map((object) => nameObject(object).replaceAll('`', ''));
}
