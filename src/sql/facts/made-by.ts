import type { Change } from '../change.ts';
import { keyOf } from '../name.ts';

/** The one text by which two changes make the same thing; `undefined`: it makes nothing that could be there twice. */
export function madeBy(change: Change): string | undefined {
  switch (change.kind) {
    case 'create-schema':
      return `schema ${change.schema}`;
    case 'create-table':
      return change.temporary ? undefined : `relation ${keyOf(change.table)}`;
    case 'create-view':
      return `relation ${keyOf(change.view)}`;
    case 'create-sequence':
      return `relation ${keyOf(change.sequence)}`;
    case 'create-index':
      return change.index.name === undefined
        ? undefined
        : `relation ${keyOf({ ...change.index.table, name: change.index.name })}`;
    case 'create-enum':
    case 'create-composite':
      return `type ${keyOf(change.type)}`;
    case 'create-domain':
      return `type ${keyOf(change.domain)}`;
    case 'add-enum-value':
      return `value ${keyOf(change.type)} ${change.value}`;
    case 'create-extension':
      return `extension ${change.extension}`;
    case 'create-function':
      return `function ${keyOf(change.function)}`;
    case 'create-trigger':
      return `trigger ${keyOf(change.table)} ${change.trigger}`;
    case 'create-policy':
      return `policy ${keyOf(change.table)} ${change.policy}`;
    case 'add-column':
      return `column ${keyOf(change.table)} ${change.column.name}`;
    case 'add-constraint':
      return `constraint ${keyOf(change.table)} ${change.constraint.name ?? ''}`;
    default:
      return undefined;
  }
}

/** The same of what a change removes. */
export function removedBy(change: Change): string | undefined {
  switch (change.kind) {
    case 'drop-table':
      return `relation ${keyOf(change.table)}`;
    case 'drop-view':
      return `relation ${keyOf(change.view)}`;
    case 'drop-index':
      return `relation ${keyOf(change.index)}`;
    case 'drop-sequence':
      return `relation ${keyOf(change.sequence)}`;
    case 'drop-type':
      return `type ${keyOf(change.type)}`;
    case 'drop-schema':
      return `schema ${change.schema}`;
    case 'drop-column':
      return `column ${keyOf(change.table)} ${change.column}`;
    case 'drop-constraint':
      return `constraint ${keyOf(change.table)} ${change.name}`;
    case 'drop-trigger':
      return `trigger ${keyOf(change.table)} ${change.trigger}`;
    case 'drop-policy':
      return `policy ${keyOf(change.table)} ${change.policy}`;
    default:
      return undefined;
  }
}
