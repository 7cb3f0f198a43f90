import type { Catalog } from '../../sql/catalog.ts';
import type { Engine } from '../../sql/engine.ts';
import { builtInTypes, extensionTypes } from './known.ts';

/** The type's name if the engine, an installed extension or the schema itself knows one that is called so. */
export function findTypeName(name: string, engine: Engine, catalog: Catalog): string | undefined {
  const lower = name.toLowerCase();
  if (builtInTypes(engine).has(lower)) return lower;
  if (extensionTypes(catalog.extensions).includes(lower)) return lower;
  for (const key of catalog.enums.keys()) {
    const own = key.slice(key.indexOf('.') + 1);
    if (own.toLowerCase() === lower || key.toLowerCase() === lower) return own;
  }
  return undefined;
}

/** Every name that {@link findTypeName} would find. */
export function typeNames(engine: Engine, catalog: Catalog): readonly string[] {
  const own = [...catalog.enums.keys()].map((key) => key.slice(key.indexOf('.') + 1));
  return [...builtInTypes(engine), ...extensionTypes(catalog.extensions), ...own];
}
