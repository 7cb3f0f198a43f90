import type { Change, Column, Constraint } from '../change.ts';
import type { ObjectName } from '../name.ts';

export type Named =
  | 'schema'
  | 'table'
  | 'view'
  | 'column'
  | 'index'
  | 'primary-key'
  | 'unique'
  | 'foreign-key'
  | 'check'
  | 'exclusion'
  | 'not-null'
  | 'sequence'
  | 'type'
  | 'function'
  | 'trigger';

/** A name that a change gives to something. */
export interface GivenName {
  readonly what: Named;
  readonly name: string;
  /** Of a column, index or constraint: the table, and the columns of an index or constraint. */
  readonly table?: string;
  readonly columns?: readonly string[];
}

/** The names that a change brings into the schema; not those that the engine makes up. */
export function namesGiven(change: Change): readonly GivenName[] {
  switch (change.kind) {
    case 'create-schema':
      return [{ what: 'schema', name: change.schema }];
    case 'rename-schema':
      return [{ what: 'schema', name: change.to }];
    case 'create-table':
      return [
        { what: 'table', name: change.table.name },
        ...change.columns.map((column) => ofColumn(column, change.table)),
        ...change.constraints.flatMap((constraint) => ofConstraint(constraint, change.table)),
      ];
    case 'rename-table':
      return [{ what: 'table', name: change.to }];
    case 'add-column':
      return [ofColumn(change.column, change.table)];
    case 'rename-column':
      return [{ what: 'column', name: change.to, table: change.table.name }];
    case 'add-constraint':
      return ofConstraint(change.constraint, change.table);
    case 'create-index': {
      const { name, table, keys } = change.index;
      const columns = keys.map(({ column }) => column ?? 'expr');
      return name === undefined ? [] : [{ what: 'index', name, table: table.name, columns }];
    }
    case 'rename-index':
      return [{ what: 'index', name: change.to }];
    case 'create-view':
      return [{ what: 'view', name: change.view.name }];
    case 'create-sequence':
      return [{ what: 'sequence', name: change.sequence.name }];
    case 'create-enum':
    case 'create-composite':
      return [{ what: 'type', name: change.type.name }];
    case 'create-domain':
      return [{ what: 'type', name: change.domain.name }];
    case 'rename-type':
      return [{ what: 'type', name: change.to }];
    case 'create-function':
      return [{ what: 'function', name: change.function.name }];
    case 'create-trigger':
      return [{ what: 'trigger', name: change.trigger, table: change.table.name }];
    default:
      return [];
  }
}

/** The kinds of change that give names. */
export const namingKinds = [
  'create-schema',
  'rename-schema',
  'create-table',
  'rename-table',
  'add-column',
  'rename-column',
  'add-constraint',
  'create-index',
  'rename-index',
  'create-view',
  'create-sequence',
  'create-enum',
  'create-composite',
  'create-domain',
  'rename-type',
  'create-function',
  'create-trigger',
] as const;

function ofColumn({ name }: Column, table: ObjectName): GivenName {
  return { what: 'column', name, table: table.name };
}

function ofConstraint(constraint: Constraint, table: ObjectName): readonly GivenName[] {
  const { kind, name } = constraint;
  if (name === undefined) return [];
  const columns = 'columns' in constraint ? constraint.columns : [];
  return [{ what: kind, name, table: table.name, columns }];
}
