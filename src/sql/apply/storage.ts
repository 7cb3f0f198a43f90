import type { BodyOf, Column, Constraint } from '../change.ts';
import type { StorageChange } from '../changes/storage.ts';
import { keyOf } from '../name.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';
import { alter, type Draft, lacks, type Problem, unknownColumn } from './draft.ts';
import { attachIndex, attachPartition, detachPartition } from './partitions.ts';

function setLogged(draft: Draft, { table: name, logged }: BodyOf<'set-logged'>): Problem {
  return alter(draft, name, ({ unlogged: _unlogged, ...table }) => (logged ? table : { ...table, unlogged: true }));
}

/**
 * INHERIT wants every column and check of the parent to be there already, so that only the tie itself is new; what NO INHERIT leaves
 * without any parent is the table's own from then on.
 */
function setInherit(draft: Draft, { table: name, parent, inherits }: BodyOf<'set-inherit'>): Problem {
  return alter(draft, name, ({ inherits: parents = [], ...table }) => {
    const others = parents.filter((each) => keyOf(each) !== keyOf(parent));
    if (inherits) return { ...table, inherits: [...others, parent] };
    const left = others.flatMap((each) => draft.tables.get(keyOf(each)) ?? []);
    const columns = table.columns.map((column) => {
      const isThere = left.some((each) => each.columns.some((other) => other.name === column.name));
      return isThere ? column : ownColumn(column);
    });
    const constraints = table.constraints.map((constraint) => {
      const isThere = left.some((each) => each.constraints.some((other) => other.name === constraint.name));
      return isThere ? constraint : ownConstraint(constraint);
    });
    return { ...table, columns, constraints, ...(others.length === 0 ? {} : { inherits: others }) };
  });
}

function ownColumn({ inherited: _inherited, ...column }: Column): Column {
  return column;
}

function ownConstraint(constraint: Constraint): Constraint {
  if (!('inherited' in constraint)) return constraint;
  const { inherited: _inherited, ...own } = constraint;
  return own;
}

function editColumn(
  draft: Draft,
  { table: name, column }: BodyOf<'add-identity' | 'drop-identity' | 'set-expression' | 'drop-expression'>,
  edit: (column: Column) => Column,
): Problem {
  return alter(draft, name, (table) => {
    if (lacks(table, column)) return unknownColumn(table, column);
    return { ...table, columns: table.columns.map((each) => (each.name === column ? edit(each) : each)) };
  });
}

/** How and where rows are kept. */
export const storageAppliers: Appliers<StorageChange['kind']> = {
  'set-logged': setLogged,
  'set-tablespace': leaveAsItIs,
  'set-access-method': leaveAsItIs,
  'set-storage-parameters': leaveAsItIs,
  'set-replica-identity': leaveAsItIs,
  'attach-partition': attachPartition,
  'detach-partition': detachPartition,
  'attach-index': attachIndex,
  'set-inherit': setInherit,
  'add-identity': (draft, change) => editColumn(draft, change, (column) => ({ ...column, identity: change.identity })),
  'drop-identity': (draft, change) => editColumn(draft, change, ({ identity: _identity, ...column }) => column),
  'set-expression': (draft, change) =>
    editColumn(draft, change, (column) => ({
      ...column,
      generated: { expression: change.expression, stored: column.generated?.stored ?? true },
    })),
  'drop-expression': (draft, change) => editColumn(draft, change, ({ generated: _generated, ...column }) => column),
};
