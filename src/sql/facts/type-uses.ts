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
export function usesOfType(type: ObjectName, { tables, domains, composites }: Catalog): readonly TypeUse[] {
  const own = new Set([spelled(type)]);
  const containing = new Set<string>();
  for (let size = 0; size < own.size + containing.size; ) {
    size = own.size + containing.size;
    for (const domain of domains.values()) {
      if (own.has(domain.type)) own.add(spelled(domain.name));
      else if (holds(domain.type, own, containing)) containing.add(spelled(domain.name));
    }
    for (const [key, attributes] of composites) {
      if (attributes.some((attribute) => holds(attribute.type, own, containing))) containing.add(spelledKey(key));
    }
  }

  const uses: TypeUse[] = [];
  for (const table of tables.values()) {
    for (const column of table.columns) {
      const contained = !own.has(column.type);
      if (!contained || holds(column.type, own, containing)) uses.push({ table, column, contained });
    }
  }
  return uses;
}

function holds(type: string, own: ReadonlySet<string>, containing: ReadonlySet<string>): boolean {
  const element = elementOf(type);
  return own.has(element) || containing.has(element);
}

/** The spelling of a type by its key in the catalog. */
function spelledKey(key: string): string {
  const dot = key.indexOf('.');
  return spelled({ schema: key.slice(0, dot), name: key.slice(dot + 1) });
}
