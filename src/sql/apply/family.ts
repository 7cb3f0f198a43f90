import type { Table } from '../catalog.ts';
import type { ChangeBody, Constraint } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { isAlike } from './alike.ts';
import { isHeritable, withoutIndexName } from './copied.ts';
import { type Draft, type Problem, parentsOf } from './draft.ts';

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
    // Before anything changes, because what a child keeps depends on what its parents have.
    const below = reached(draft, change);
    if (below.length === 0) return apply(draft, change);
    const meant = constraintIn(draft, change);
    const problem = apply(draft, change);
    const said = named(draft, change);
    for (const child of below)
      apply(draft, {
        ...(child.partitionOf === undefined ? asInherited(said) : ofPartition(said, child, meant)),
        table: child.name,
      });
    return problem;
  };
}

/** The constraint of the table that a change drops or gives another name. */
function constraintIn(draft: Draft, change: OfTable): Constraint | undefined {
  if (change.kind !== 'drop-constraint' && change.kind !== 'rename-constraint') return undefined;
  return draft.tables.get(keyOf(change.table))?.constraints.find(({ name }) => name === change.name);
}

/** What owns an index has a name of its own in each partition, and is known there by what it demands. */
function ofPartition<Change extends OfTable>(change: Change, partition: Table, meant: Constraint | undefined): Change {
  if (change.kind === 'add-constraint') return { ...change, constraint: withoutIndexName(change.constraint) };
  if (change.kind !== 'drop-constraint' || meant === undefined) return change;
  const name = partition.constraints.find((each) => isAlike(each, meant))?.name;
  return name === undefined ? change : { ...change, name };
}

/** A check or foreign key that got no name is called below as it is called above. */
function named<Change extends OfTable>(draft: Draft, change: Change): Change {
  if (change.kind !== 'add-constraint' || change.constraint.name !== undefined) return change;
  const name = draft.tables.get(keyOf(change.table))?.constraints.at(-1)?.name;
  return name === undefined ? change : { ...change, constraint: { ...change.constraint, name } };
}

function asInherited<Change extends OfTable>(change: Change): Change {
  if (change.kind === 'add-column') {
    const { identity: _identity, comment: _comment, ...column } = change.column;
    return { ...change, column: { ...column, inherited: true } };
  }
  if (change.kind !== 'add-constraint' || !isHeritable(change.constraint)) return change;
  return { ...change, constraint: { ...change.constraint, inherited: true } };
}

/** Everything below the table that the change reaches, each once: a text may tie tables in a circle, though no server would. */
function reached(draft: Draft, change: OfTable): readonly Table[] {
  if (change.only === true || !draft.children.has(keyOf(change.table))) return [];
  const found = new Map<string, Table>();
  const names = [change.table];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    for (const child of childrenOf(draft, name)) {
      const key = keyOf(child.name);
      if (found.has(key) || key === keyOf(change.table)) continue;
      const isGiver = (parent: string) => parent === keyOf(change.table) || found.has(parent);
      if (!goesTo(draft, change, child, isGiver)) continue;
      found.set(key, child);
      names.push(child.name);
    }
  }
  return [...found.values()];
}

/**
 * Of constraints, only CHECK and NOT NULL are inherited; partitions get every kind. What a child has of its own, or from another
 * parent as well, it keeps when `isGiver` loses it.
 */
function goesTo(draft: Draft, change: OfTable, child: Table, isGiver: (parent: string) => boolean): boolean {
  if (change.kind === 'rename-constraint') {
    const meant = constraintIn(draft, change);
    return meant === undefined || isHeritable(meant);
  }
  if (child.partitionOf !== undefined) return true;
  const others = () => parentsOf(child).flatMap((parent) => (isGiver(parent) ? [] : (draft.tables.get(parent) ?? [])));
  switch (change.kind) {
    case 'add-constraint':
      return (
        isHeritable(change.constraint) &&
        !child.constraints.some(({ name }) => name !== undefined && name === change.constraint.name)
      );
    case 'drop-column': {
      const isNamed = ({ name }: { readonly name: string }) => name === change.column;
      const own = child.columns.find(isNamed);
      return own?.inherited === true && !others().some(({ columns }) => columns.some(isNamed));
    }
    case 'drop-constraint': {
      const isNamed = ({ name }: { readonly name?: string }) => name === change.name;
      const own = child.constraints.find(isNamed);
      const isInherited = own === undefined || ('inherited' in own && own.inherited === true);
      return isInherited && !others().some(({ constraints }) => constraints.some(isNamed));
    }
    default:
      return true;
  }
}
