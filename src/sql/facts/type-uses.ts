import type { Catalog, Table } from '../catalog.ts';
import type { Column } from '../change.ts';
import type { ObjectName } from '../name.ts';
import { elementOf, spelled } from '../type-text.ts';

/** A column whose values are of a type. */
export interface TypeUse {
  readonly table: Table;
  readonly column: Column;
  /** The type stands within an array or a composite type. */
  readonly contained: boolean;
}

/** The columns that hold values of a type: its own, those of domains over it, and those of arrays and composites of it. */
export function usesOfType(type: ObjectName, catalog: Catalog): readonly TypeUse[] {
  const holding = typesHolding(type, catalog);
  const uses: TypeUse[] = [];
  for (const table of catalog.tables.values()) {
    for (const column of table.columns) {
      const held = holding.get(column.type) ?? holding.get(elementOf(column.type));
      if (held !== undefined) uses.push({ table, column, contained: held === 'within' || !holding.has(column.type) });
    }
  }
  return uses;
}

/** The spellings of the types that are the type, by a domain, or hold it within them. */
function typesHolding(type: ObjectName, { domains, composites }: Catalog): ReadonlyMap<string, 'itself' | 'within'> {
  const builtFrom = new Map<string, { readonly spelling: string; readonly of: string; readonly isDomain: boolean }[]>();
  const note = (of: string, spelling: string, isDomain: boolean) => {
    const element = elementOf(of);
    const known = builtFrom.get(element);
    if (known === undefined) builtFrom.set(element, [{ spelling, of, isDomain }]);
    else known.push({ spelling, of, isDomain });
  };
  for (const domain of domains.values()) note(domain.type, spelled(domain.name), true);
  for (const [key, attributes] of composites) {
    for (const attribute of attributes) note(attribute.type, spelledKey(key), false);
  }

  const holding = new Map<string, 'itself' | 'within'>([[spelled(type), 'itself']]);
  // A map goes on through what is added while it is gone through.
  for (const [spelling, how] of holding) {
    for (const each of builtFrom.get(spelling) ?? []) {
      if (holding.has(each.spelling)) continue;
      holding.set(each.spelling, how === 'itself' && each.isDomain && each.of === spelling ? 'itself' : 'within');
    }
  }
  return holding;
}

/** The spelling of a type by its key in the catalog. */
function spelledKey(key: string): string {
  const dot = key.indexOf('.');
  return spelled({ schema: key.slice(0, dot), name: key.slice(dot + 1) });
}
