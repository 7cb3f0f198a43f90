import type { BodyOf, ChangeKind, Index } from './change.ts';
import type { Engine } from './engine.ts';
import { quoteIdentifier, quoteLiteral, quoteName } from './quote.ts';
import { list } from './render/constraint.ts';
import { cascade, ifExists, ifNotExists, renderAlterTable, renderCreateTable } from './render/table.ts';

export { quoteIdentifier, quoteLiteral, quoteName } from './quote.ts';

/** The kinds whose whole meaning is in the change; of the others only the author's own text will do. */
export type RenderableKind = Exclude<ChangeKind, UnrenderedKind>;

/** The kinds that {@link renderChange} does not write: what the planner meets of them, it names as not planned. */
export const unrendered = [
  'write-data',
  'query',
  'maintain',
  'other',
  'transaction',
  'drop-object',
  'drop-database',
  'rename-schema',
  'drop-extension',
  'create-sequence',
  'drop-sequence',
  'create-domain',
  'alter-domain',
  'create-composite',
  'alter-composite',
  'set-type-schema',
  'set-logged',
  'set-tablespace',
  'set-access-method',
  'set-storage-parameters',
  'set-replica-identity',
  'attach-partition',
  'detach-partition',
  'attach-index',
  'set-inherit',
  'add-identity',
  'drop-identity',
  'set-expression',
  'drop-expression',
  'create-function',
  'alter-function',
  'drop-function',
  'create-trigger',
  'drop-trigger',
  'rename-trigger',
  'rename-function',
  'rename-policy',
  'toggle-trigger',
  'dynamic-sql',
  'create-policy',
  'alter-policy',
  'drop-policy',
  'set-sequence-owner',
  'set-row-security',
  'alter-constraint',
  'rename-sequence',
  'grant',
  'revoke',
  'grant-role',
  'revoke-role',
  'create-role',
  'alter-role',
  'drop-role',
  'create-language',
  'connect',
] as const satisfies readonly ChangeKind[];

type UnrenderedKind = (typeof unrendered)[number];

/** Whether {@link renderChange} can write the change. */
export function isRenderable<C extends { readonly kind: ChangeKind }>(
  change: C,
): change is Exclude<C, { readonly kind: UnrenderedKind }> {
  return !(unrendered as readonly ChangeKind[]).includes(change.kind);
}

/**
 * The DDL of a change, without a terminator. Names are quoted, texts are literals; expressions, types and queries are SQL
 * already and stand as they are, so they must come from a parser or from quoting helpers, never from a person's words.
 */
export function renderChange(change: BodyOf<RenderableKind>, engine: Engine = 'postgresql'): string {
  switch (change.kind) {
    case 'create-table':
      return renderCreateTable(change, engine);
    case 'create-index':
      return renderCreateIndex(change, engine);
    case 'drop-table':
      return `DROP TABLE ${ifExists(change)}${quoteName(change.table, engine)}${cascade(change)}`;
    case 'drop-index':
      return renderDropIndex(change, engine);
    case 'rename-index':
      return `ALTER INDEX ${quoteName(change.index, engine)} RENAME TO ${quoteIdentifier(change.to, engine)}`;
    case 'create-schema':
      return `CREATE SCHEMA ${ifNotExists(change)}${quoteIdentifier(change.schema, engine)}`;
    case 'drop-schema':
      return `DROP SCHEMA ${quoteIdentifier(change.schema, engine)}${cascade(change)}`;
    case 'create-enum': {
      const values = change.values.map((value) => quoteLiteral(value, engine)).join(', ');
      return `CREATE TYPE ${quoteName(change.type, engine)} AS ENUM (${values})`;
    }
    case 'add-enum-value':
      return renderAddEnumValue(change, engine);
    case 'rename-enum-value':
      return `ALTER TYPE ${quoteName(change.type, engine)} RENAME VALUE ${quoteLiteral(change.value, engine)} TO ${quoteLiteral(change.to, engine)}`;
    case 'rename-type':
      return `ALTER TYPE ${quoteName(change.type, engine)} RENAME TO ${quoteIdentifier(change.to, engine)}`;
    case 'drop-type':
      return `DROP TYPE ${quoteName(change.type, engine)}${cascade(change)}`;
    case 'create-view': {
      const materialized = change.materialized ? 'MATERIALIZED ' : '';
      const replace = change.replace ? 'OR REPLACE ' : '';
      return `CREATE ${replace}${materialized}VIEW ${quoteName(change.view, engine)} AS ${change.query}`;
    }
    case 'drop-view': {
      const materialized = change.materialized ? 'MATERIALIZED ' : '';
      return `DROP ${materialized}VIEW ${quoteName(change.view, engine)}${cascade(change)}`;
    }
    case 'create-extension':
      return `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(change.extension, engine)}`;
    case 'comment':
      return renderComment(change, engine);
    case 'set': {
      const local = change.scope === 'transaction' ? 'LOCAL ' : '';
      const value = change.value === 'default' ? 'DEFAULT' : quoteLiteral(change.value, engine);
      const setting = change.setting
        .split('.')
        .map((part) => quoteIdentifier(part, engine))
        .join('.');
      return `SET ${local}${setting} = ${value}`;
    }
    default:
      return renderAlterTable(change, engine);
  }
}

function renderCreateIndex({ index, ...change }: BodyOf<'create-index'>, engine: Engine): string {
  const keys = index.keys.map((key) => renderKey(key, engine)).join(', ');
  const include = index.include.length === 0 ? '' : ` INCLUDE ${list(index.include, engine)}`;
  const method = index.method === 'btree' ? '' : ` USING ${quoteIdentifier(index.method)}`;
  return [
    `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${change.concurrently ? 'CONCURRENTLY ' : ''}`,
    ifNotExists(change),
    index.name === undefined ? '' : `${quoteIdentifier(index.name, engine)} `,
    `ON ${index.only === true ? 'ONLY ' : ''}${quoteName(index.table, engine)}${method} (${keys})${include}`,
    index.nullsNotDistinct === true ? ' NULLS NOT DISTINCT' : '',
    index.parameters === undefined ? '' : ` WITH ${renderParameters(index.parameters, engine)}`,
    index.where === undefined ? '' : ` WHERE ${index.where}`,
  ].join('');
}

function renderKey(key: Index['keys'][number], engine: Engine): string {
  const subject = key.column === undefined ? (key.expression ?? '') : quoteIdentifier(key.column, engine);
  return [
    subject,
    key.collation === undefined ? '' : ` COLLATE ${key.collation}`,
    key.opclass === undefined ? '' : ` ${quoteIdentifier(key.opclass)}`,
    key.parameters === undefined ? '' : ` ${renderParameters(key.parameters, engine)}`,
    key.descending ? ' DESC' : '',
    key.nulls === undefined ? '' : ` NULLS ${key.nulls.toUpperCase()}`,
  ].join('');
}

function renderParameters(parameters: Readonly<Record<string, string>>, engine: Engine): string {
  const all = Object.entries(parameters).map(
    ([name, value]) => `${quoteIdentifier(name, engine)} = ${quoteLiteral(value, engine)}`,
  );
  return `(${all.join(', ')})`;
}

function renderDropIndex(change: BodyOf<'drop-index'>, engine: Engine): string {
  const name = quoteName(change.index, engine);
  if (engine === 'mysql' || engine === 'mariadb') {
    return `DROP INDEX ${name}${change.table === undefined ? '' : ` ON ${quoteName(change.table, engine)}`}`;
  }
  return `DROP INDEX ${change.concurrently ? 'CONCURRENTLY ' : ''}${ifExists(change)}${name}${cascade(change)}`;
}

function renderAddEnumValue({ type, value, before, after }: BodyOf<'add-enum-value'>, engine: Engine): string {
  const place =
    before === undefined
      ? after === undefined
        ? ''
        : ` AFTER ${quoteLiteral(after, engine)}`
      : ` BEFORE ${quoteLiteral(before, engine)}`;
  return `ALTER TYPE ${quoteName(type, engine)} ADD VALUE ${quoteLiteral(value, engine)}${place}`;
}

function renderComment({ table, column, comment }: BodyOf<'comment'>, engine: Engine): string {
  const text = comment === null ? 'NULL' : quoteLiteral(comment, engine);
  const name = quoteName(table, engine);
  if (column === undefined) return `COMMENT ON TABLE ${name} IS ${text}`;
  return `COMMENT ON COLUMN ${name}.${quoteIdentifier(column, engine)} IS ${text}`;
}
