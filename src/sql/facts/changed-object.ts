import type { Change } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { namesIn } from './touched.ts';

/**
 * What a change is made to, as one text: the key of the relation, type or routine, and behind it the column, index or
 * constraint that is meant. `relation`: the table that it is about, where that takes more than the change to know.
 */
export function changedObject(change: Change, relation: ObjectName | undefined): string | undefined {
  const name = relation ?? nameIn(change);
  const part = partIn(change);
  return name === undefined ? undefined : [keyOf(name), ...(part === undefined ? [] : [part])].join(' ');
}

function nameIn(change: Change): ObjectName | undefined {
  const [name] = namesIn(change);
  if (name !== undefined) return name;
  if ('function' in change) return change.function;
  return 'sequence' in change ? change.sequence : undefined;
}

function partIn(change: Change): string | undefined {
  if ('column' in change) return typeof change.column === 'string' ? change.column : change.column?.name;
  if (change.kind === 'create-index')
    return change.index.name ?? change.index.keys.map(({ column = '' }) => column).join(', ');
  if (change.kind === 'drop-index' || change.kind === 'rename-index') return change.index.name;
  if (change.kind === 'add-constraint') return change.constraint.name ?? change.constraint.kind;
  return 'name' in change && typeof change.name === 'string' ? change.name : undefined;
}
