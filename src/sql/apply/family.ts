import type { Table } from '../catalog.ts';
import type { ChangeBody, Constraint } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import type { Draft, Problem } from './draft.ts';

/** The partitions of a table and the tables that inherit from it, its own ones only. */
export function childrenOf(draft: Draft, name: ObjectName): readonly Table[] {
  return [...(draft.children.get(keyOf(name)) ?? [])].flatMap((key) => draft.tables.get(key) ?? []);
}

type OfTable = ChangeBody & { readonly table: ObjectName; readonly only?: true };

/**
 * What ALTER TABLE does to a table it does to its partitions and children too (manual, ALTER TABLE; "Inheritance"). What cannot be
 * done there is no problem of its own.
 */
export function alsoBelow<Change extends OfTable>(
  apply: (draft: Draft, change: Change) => Problem,
): (draft: Draft, change: Change) => Problem {
  return (draft, change) => {
    const problem = apply(draft, change);
    for (const { name } of reached(draft, change)) apply(draft, { ...change, table: name });
    return problem;
  };
}

/** Everything below the table that the change reaches, each once: a text may tie tables in a circle, though no server would. */
function reached(draft: Draft, change: OfTable): readonly Table[] {
  if (change.only === true || !draft.children.has(keyOf(change.table))) return [];
  const found = new Map<string, Table>();
  const names = [change.table];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    for (const child of childrenOf(draft, name)) {
      const key = keyOf(child.name);
      if (found.has(key) || key === keyOf(change.table) || !goesTo(change, child)) continue;
      found.set(key, child);
      names.push(child.name);
    }
  }
  return [...found.values()];
}

/** Of constraints, only CHECK and NOT NULL are inherited; partitions get every kind. */
function goesTo(change: ChangeBody, child: Table): boolean {
  if (change.kind !== 'add-constraint' || child.partitionOf !== undefined) return true;
  const inherited: readonly Constraint['kind'][] = ['check', 'not-null'];
  return inherited.includes(change.constraint.kind);
}
