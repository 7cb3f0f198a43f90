import type { Change } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import type { RuleContext } from '../rule.ts';
import { isMissing, objectOf } from './dependants/dropped.ts';

type Known = Pick<RuleContext, 'isNew' | 'earlier'>;

/** Whether a change is about something that this change set made itself, which nobody can rely on yet. */
export function isOfNew(change: Change, { isNew, earlier }: Known): boolean {
  switch (change.kind) {
    case 'drop-view':
      return isNew(change.view);
    case 'drop-type':
    case 'alter-composite':
      return isNew(change.type);
    case 'drop-sequence':
      return isNew(change.sequence);
    case 'drop-function':
    case 'rename-function':
      return isNew(change.function, 'function');
    case 'drop-schema':
    case 'rename-schema':
      return isNew({ name: change.schema }, 'schema');
    case 'drop-extension':
      return earlier.some((each) => each.kind === 'create-extension' && each.extension === change.extension);
    case 'drop-index':
      return (change.table !== undefined && isNew(change.table)) || isNewIndex(change.index, { isNew, earlier });
    case 'drop-column':
    case 'drop-default':
    case 'drop-not-null':
    case 'rename-column':
      return isNew(change.table) || earlier.some((each) => each.kind === 'add-column' && isColumn(each, change));
    case 'drop-constraint':
    case 'drop-trigger':
      return isNew(change.table) || earlier.some((each) => makes(each, change));
    default:
      return 'table' in change && change.table !== undefined && isNew(change.table);
  }
}

function isNewIndex(index: ObjectName, { isNew, earlier }: Known): boolean {
  return earlier.some(
    (each) =>
      each.kind === 'create-index' &&
      each.index.name === index.name &&
      (isNew(each.index.table) || !each.ifNotExists) &&
      keyOf({ ...each.index.table, name: index.name }) === keyOf(index),
  );
}

interface OfColumn {
  readonly table: ObjectName;
  readonly column: string;
}

function isColumn({ table, column, ifNotExists }: Extract<Change, { kind: 'add-column' }>, other: OfColumn): boolean {
  return !ifNotExists && column.name === other.column && keyOf(table) === keyOf(other.table);
}

function makes(earlier: Change, change: Extract<Change, { kind: 'drop-constraint' | 'drop-trigger' }>): boolean {
  if (earlier.kind === 'add-constraint')
    return change.kind === 'drop-constraint' && earlier.constraint.name === change.name && sameTable(earlier, change);
  if (earlier.kind === 'create-trigger')
    return change.kind === 'drop-trigger' && earlier.trigger === change.trigger && sameTable(earlier, change);
  return false;
}

function sameTable(one: { readonly table: ObjectName }, other: { readonly table: ObjectName }): boolean {
  return keyOf(one.table) === keyOf(other.table);
}

/**
 * Whether a change is nothing to anybody: it is about something that this change set made, or IF EXISTS finds nothing to drop.
 */
export function concernsNobody(change: Change, context: RuleContext): boolean {
  return isOfNew(change, context) || isAbsent(change, context);
}

/** Whether the whole schema is known, and what IF EXISTS asks for is not in it. */
function isAbsent(change: Change, { before, known }: RuleContext): boolean {
  if (known !== 'sure' && known !== 'likely') return false;
  if (!('ifExists' in change) || change.ifExists !== true) return false;
  const object = objectOf(change, before);
  return object !== undefined && isMissing(object, before);
}
