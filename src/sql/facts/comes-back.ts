import type { Change, Constraint, Index } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import type { RuleContext } from '../rule.ts';

/** Whether the file makes again below, under the same name, what a change drops or renames. */
export function comesBack(change: Change, { following }: Pick<RuleContext, 'following'>): boolean {
  const isBack = returnOf(change);
  if (isBack === undefined) return false;
  for (const later of following()) if (isBack(later)) return true;
  return false;
}

function returnOf(change: Change): ((later: Change) => boolean) | undefined {
  switch (change.kind) {
    case 'drop-view':
      return takesName(change.view);
    case 'rename-table':
    case 'set-table-schema':
      return takesName(change.table);
    case 'drop-type':
      return (later) => typeMade(later) === keyOf(change.type);
    case 'drop-function':
    case 'rename-function':
      return (later) => functionMade(later) === keyOf(change.function);
    case 'drop-trigger':
      return (later) =>
        later.kind === 'create-trigger' &&
        later.trigger === change.trigger &&
        keyOf(later.table) === keyOf(change.table);
    case 'drop-constraint':
      return (later) =>
        later.kind === 'add-constraint' &&
        later.constraint.name === change.name &&
        keyOf(later.table) === keyOf(change.table);
    case 'drop-not-null':
      return (later) => later.kind === 'set-not-null' && isSameColumn(later, change);
    case 'drop-default':
      return (later) => (later.kind === 'set-default' || later.kind === 'add-identity') && isSameColumn(later, change);
    default:
      return undefined;
  }
}

/** A table or view that bears the name from then on. */
export function takesName(name: ObjectName): (later: Change) => boolean {
  const key = keyOf(name);
  return (later) => {
    switch (later.kind) {
      case 'create-view':
        return keyOf(later.view) === key;
      case 'create-table':
        return keyOf(later.table) === key;
      case 'rename-table':
        return keyOf({ ...later.table, name: later.to }) === key;
      case 'set-table-schema':
        return keyOf({ ...later.table, schema: later.to }) === key;
      default:
        return false;
    }
  };
}

function functionMade(change: Change): string | undefined {
  if (change.kind === 'create-function') return keyOf(change.function);
  return change.kind === 'rename-function' ? keyOf(change.to) : undefined;
}

function typeMade(change: Change): string | undefined {
  switch (change.kind) {
    case 'create-enum':
    case 'create-composite':
      return keyOf(change.type);
    case 'create-domain':
      return keyOf(change.domain);
    case 'rename-type':
      return keyOf({ ...change.type, name: change.to });
    default:
      return undefined;
  }
}

interface OfColumn {
  readonly table: ObjectName;
  readonly column: string;
}

function isSameColumn(one: OfColumn, other: OfColumn): boolean {
  return one.column === other.column && keyOf(one.table) === keyOf(other.table);
}

/** Whether the file gives a table a constraint or index below that demands the same of the same columns, under whatever name. */
export function isReplaced(
  constraint: Constraint,
  table: ObjectName,
  { following }: Pick<RuleContext, 'following'>,
): boolean {
  for (const later of following()) {
    if (later.kind === 'create-index' && keyOf(later.index.table) === keyOf(table)) {
      if (isLikeIndex(constraint, later.index)) return true;
    } else if (later.kind === 'add-constraint' && keyOf(later.table) === keyOf(table)) {
      if (isLike(constraint, later.constraint)) return true;
    }
  }
  return false;
}

/** Whether the file gives a table a primary key below, over whatever columns. */
export function getsPrimaryKey(table: ObjectName, { following }: Pick<RuleContext, 'following'>): boolean {
  for (const later of following()) {
    if (later.kind !== 'add-constraint' || later.constraint.kind !== 'primary-key') continue;
    if (keyOf(later.table) === keyOf(table)) return true;
  }
  return false;
}

function isLikeIndex(constraint: Constraint, { unique, where, keys }: Index): boolean {
  if (constraint.kind !== 'unique' && constraint.kind !== 'primary-key') return false;
  const isSame = keys.map(({ column }) => column).join() === constraint.columns.join();
  return unique && where === undefined && isSame;
}

function isLike(one: Constraint, other: Constraint): boolean {
  if ('columns' in one && 'columns' in other) {
    const isKey = one.kind !== 'foreign-key' && other.kind !== 'foreign-key';
    const usesIndex = 'usingIndex' in other && other.usingIndex !== undefined;
    return (one.kind === other.kind || isKey) && (usesIndex || one.columns.join() === other.columns.join());
  }
  return one.kind === other.kind;
}
