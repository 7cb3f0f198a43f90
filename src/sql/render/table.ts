import type { BodyOf } from '../change.ts';
import type { Engine } from '../engine.ts';
import { quoteIdentifier, quoteName } from '../quote.ts';
import { renderColumn } from './column.ts';
import { renderConstraint } from './constraint.ts';

export type AlterKind =
  | 'rename-table'
  | 'set-table-schema'
  | 'add-column'
  | 'drop-column'
  | 'rename-column'
  | 'change-column-type'
  | 'set-not-null'
  | 'drop-not-null'
  | 'set-default'
  | 'drop-default'
  | 'add-constraint'
  | 'drop-constraint'
  | 'validate-constraint'
  | 'rename-constraint'
  | 'set-logged'
  | 'attach-partition'
  | 'detach-partition'
  | 'add-identity'
  | 'drop-identity'
  | 'set-expression'
  | 'drop-expression';

/** CREATE TABLE, one element a line. A table that was made from a query cannot be told from its columns: those are written. */
export function renderCreateTable(change: BodyOf<'create-table'>, engine: Engine): string {
  const elements = [
    ...change.columns.map((column) => renderColumn(column, engine)),
    ...change.constraints.map((constraint) => renderConstraint(constraint, engine)),
  ];
  const body = elements.length === 0 ? '()' : `(\n  ${elements.join(',\n  ')}\n)`;
  const temporary = change.temporary ? 'TEMPORARY ' : '';
  const partition = change.partitionBy === undefined ? '' : ` PARTITION BY ${change.partitionBy}`;
  return `CREATE ${temporary}TABLE ${ifNotExists(change)}${quoteName(change.table, engine)} ${body}${partition}`;
}

/** ALTER TABLE with one command. */
export function renderAlterTable(change: BodyOf<AlterKind>, engine: Engine): string {
  return `ALTER TABLE ${quoteName(change.table, engine)} ${command(change, engine)}`;
}

function command(change: BodyOf<AlterKind>, engine: Engine): string {
  const id = (name: string) => quoteIdentifier(name, engine);
  switch (change.kind) {
    case 'rename-table':
      return `RENAME TO ${id(change.to)}`;
    case 'set-table-schema':
      return `SET SCHEMA ${id(change.to)}`;
    case 'add-column':
      return `ADD COLUMN ${ifNotExists(change)}${renderColumn(change.column, engine)}`;
    case 'drop-column':
      return `DROP COLUMN ${ifExists(change)}${id(change.column)}${cascade(change)}`;
    case 'rename-column':
      return `RENAME COLUMN ${id(change.column)} TO ${id(change.to)}`;
    case 'change-column-type': {
      const using = change.using === undefined ? '' : ` USING ${change.using}`;
      return `ALTER COLUMN ${id(change.column)} TYPE ${change.type}${using}`;
    }
    case 'set-not-null':
      return `ALTER COLUMN ${id(change.column)} SET NOT NULL`;
    case 'drop-not-null':
      return `ALTER COLUMN ${id(change.column)} DROP NOT NULL`;
    case 'set-default':
      return `ALTER COLUMN ${id(change.column)} SET DEFAULT ${change.default.sql}`;
    case 'drop-default':
      return `ALTER COLUMN ${id(change.column)} DROP DEFAULT`;
    case 'add-constraint':
      return `ADD ${renderConstraint(change.constraint, engine)}`;
    case 'drop-constraint':
      return `DROP CONSTRAINT ${ifExists(change)}${id(change.name)}${cascade(change)}`;
    case 'validate-constraint':
      return `VALIDATE CONSTRAINT ${id(change.name)}`;
    case 'rename-constraint':
      return `RENAME CONSTRAINT ${id(change.name)} TO ${id(change.to)}`;
    case 'set-logged':
      return change.logged ? 'SET LOGGED' : 'SET UNLOGGED';
    case 'attach-partition':
      return `ATTACH PARTITION ${quoteName(change.partition, engine)} ${change.bound}`;
    case 'detach-partition': {
      const how = change.finalize ? ' FINALIZE' : change.concurrently ? ' CONCURRENTLY' : '';
      return `DETACH PARTITION ${quoteName(change.partition, engine)}${how}`;
    }
    case 'add-identity': {
      const when = change.identity === 'always' ? 'ALWAYS' : 'BY DEFAULT';
      return `ALTER COLUMN ${id(change.column)} ADD GENERATED ${when} AS IDENTITY`;
    }
    case 'drop-identity':
      return `ALTER COLUMN ${id(change.column)} DROP IDENTITY${change.ifExists ? ' IF EXISTS' : ''}`;
    case 'set-expression':
      return `ALTER COLUMN ${id(change.column)} SET EXPRESSION AS (${change.expression})`;
    case 'drop-expression':
      return `ALTER COLUMN ${id(change.column)} DROP EXPRESSION${change.ifExists ? ' IF EXISTS' : ''}`;
  }
}

export function ifExists({ ifExists }: { readonly ifExists: boolean }): string {
  return ifExists ? 'IF EXISTS ' : '';
}

export function ifNotExists({ ifNotExists }: { readonly ifNotExists: boolean }): string {
  return ifNotExists ? 'IF NOT EXISTS ' : '';
}

export function cascade({ cascade }: { readonly cascade: boolean }): string {
  return cascade ? ' CASCADE' : '';
}
