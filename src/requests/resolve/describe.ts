import type { Change, Column, Constraint } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';

/** What a change does, as a sentence without its full stop. */
export function describe(change: Change): string {
  switch (change.kind) {
    case 'create-table': {
      const key = change.constraints.find(({ kind }) => kind === 'primary-key');
      const keys = key?.kind === 'primary-key' ? key.columns : [];
      const parts = change.columns.map((column) =>
        keys.includes(column.name) ? keyColumn(column) : describeColumn(column),
      );
      const others = change.constraints.filter(({ kind }) => kind !== 'primary-key').map(describeConstraint);
      const columns = [parts.join(', '), ...others].join('; ');
      return `Create the table \`${display(change.table)}\` with ${columns === '' ? 'no columns' : columns}`;
    }
    case 'drop-table':
      return `Drop the table \`${display(change.table)}\``;
    case 'rename-table':
      return `Rename the table \`${display(change.table)}\` to \`${change.to}\``;
    case 'set-table-schema':
      return `Move the table \`${display(change.table)}\` to the schema \`${change.to}\``;
    case 'add-column':
      return `Add the column ${describeColumn(change.column)} to \`${display(change.table)}\``;
    case 'drop-column':
      return `Drop the column \`${change.column}\` from \`${display(change.table)}\``;
    case 'rename-column':
      return `Rename the column \`${change.column}\` of \`${display(change.table)}\` to \`${change.to}\``;
    case 'change-column-type':
      return `Change the type of \`${display(change.table)}.${change.column}\` to ${change.type}`;
    case 'set-not-null':
      return `Make \`${display(change.table)}.${change.column}\` required`;
    case 'drop-not-null':
      return `Make \`${display(change.table)}.${change.column}\` optional`;
    case 'set-default':
      return `Set the default of \`${display(change.table)}.${change.column}\` to \`${change.default.sql}\``;
    case 'drop-default':
      return `Remove the default of \`${display(change.table)}.${change.column}\``;
    case 'add-identity':
      return `Let the database number \`${display(change.table)}.${change.column}\``;
    case 'drop-identity':
      return `Let the database no longer number \`${display(change.table)}.${change.column}\``;
    case 'add-constraint':
      return `On \`${display(change.table)}\`, ${describeConstraint(change.constraint)}`;
    case 'drop-constraint':
      return `Drop the constraint \`${change.name}\` of \`${display(change.table)}\``;
    case 'validate-constraint':
      return `Validate the constraint \`${change.name}\` of \`${display(change.table)}\``;
    case 'rename-constraint':
      return `Rename the constraint \`${change.name}\` of \`${display(change.table)}\` to \`${change.to}\``;
    case 'create-index': {
      const { index } = change;
      const keys = index.keys.map(({ column, expression }) => column ?? expression ?? '').join(', ');
      return `Add ${index.unique ? 'a unique' : 'an'} index on \`${display(index.table)}\` (${keys})`;
    }
    case 'drop-index':
      return `Drop the index \`${display(change.index)}\``;
    case 'rename-index':
      return `Rename the index \`${display(change.index)}\` to \`${change.to}\``;
    case 'create-enum':
      return `Create the type \`${display(change.type)}\` with the values ${change.values.map((value) => `\`${value}\``).join(', ')}`;
    case 'add-enum-value':
      return `Add the value \`${change.value}\` to the type \`${display(change.type)}\``;
    case 'drop-type':
      return `Drop the type \`${display(change.type)}\``;
    case 'create-schema':
    case 'drop-schema':
      return `${change.kind === 'create-schema' ? 'Create' : 'Drop'} the schema \`${change.schema}\``;
    case 'create-view':
    case 'drop-view':
      return `${change.kind === 'create-view' ? 'Create' : 'Drop'} the view \`${display(change.view)}\``;
    case 'create-extension':
      return `Install the extension \`${change.extension}\``;
    case 'comment':
      return `Describe \`${display(change.table)}${change.column === undefined ? '' : `.${change.column}`}\` by a comment`;
    case 'write-data':
      return `${change.verb} rows of \`${display(change.table)}\``;
    case 'query':
      return 'Query';
    case 'transaction':
      return change.verb;
    case 'set':
      return `Set ${change.setting}`;
    case 'maintain':
    case 'other':
      return change.what;
    case 'drop-object':
      return `${change.what} ${display(change.name)}`;
    default:
      return inWords(change);
  }
}

/** `attach-partition` of `orders` is "Attach partition: `orders`". */
function inWords(change: Change): string {
  const words = change.kind.replaceAll('-', ' ');
  const named = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return 'table' in change && change.table !== undefined ? `${named}: \`${display(change.table)}\`` : named;
}

function describeColumn({ name, type, nullable, default: preset, identity }: Column): string {
  const parts = [type, nullable ? 'optional' : 'required'];
  if (preset !== undefined) parts.push(`default \`${preset.sql}\``);
  if (identity !== undefined) parts.push('numbered by the database');
  return `\`${name}\` (${parts.join(', ')})`;
}

function keyColumn({ name, type, identity }: Column): string {
  return `\`${name}\` (${type}, primary key${identity === undefined ? '' : ', numbered by the database'})`;
}

function describeConstraint(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'primary-key':
      return `make ${names(constraint.columns)} the primary key`;
    case 'unique':
      return `allow no two rows with the same ${names(constraint.columns)}`;
    case 'check':
      return `check that \`${constraint.expression}\``;
    case 'foreign-key': {
      const target = constraint.referencedColumns.length === 0 ? '' : ` (${constraint.referencedColumns.join(', ')})`;
      const action = constraint.onDelete === undefined ? '' : `, on delete ${constraint.onDelete}`;
      return `let ${names(constraint.columns)} reference \`${display(constraint.references)}\`${target}${action}`;
    }
    case 'not-null':
      return `require \`${constraint.column}\``;
    case 'exclusion':
      return `exclude ${constraint.definition}`;
    default:
      return constraint satisfies never;
  }
}

function names(columns: readonly string[]): string {
  return columns.map((column) => `\`${column}\``).join(' and ');
}
