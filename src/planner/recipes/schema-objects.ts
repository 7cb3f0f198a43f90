import type { BodyOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier, quoteLiteral, quoteName } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { enumHas, extensionExists, schemaExists } from '../criteria.ts';
import { type Draft, manual, step } from '../recipe.ts';

/** New objects on which nothing depends yet: no lock that anybody waits for. */
export function createSchema(change: BodyOf<'create-schema'>): readonly Draft[] {
  return [
    step({
      title: `Create schema ${change.schema}`,
      phase: 'expand',
      sql: [renderChange({ ...change, ifNotExists: true })],
      down: [`DROP SCHEMA IF EXISTS ${quoteIdentifier(change.schema)}`],
      criteria: [schemaExists(change.schema)],
      because: `A new schema holds nothing that running code uses. ${manual('sql-createschema')}`,
    }),
  ];
}

export function createExtension(change: BodyOf<'create-extension'>): readonly Draft[] {
  return [
    step({
      title: `Install extension ${change.extension}`,
      phase: 'expand',
      sql: [renderChange(change)],
      down: [`DROP EXTENSION IF EXISTS ${quoteIdentifier(change.extension)}`],
      criteria: [extensionExists(change.extension)],
      because: `Only adds objects. A trusted extension needs the CREATE privilege on the database, any other a superuser. ${manual('sql-createextension')}`,
    }),
  ];
}

export function createEnum(change: BodyOf<'create-enum'>): readonly Draft[] {
  return [
    step({
      title: `Create type ${display(change.type)}`,
      phase: 'expand',
      sql: [renderChange(change)],
      down: [`DROP TYPE IF EXISTS ${quoteName(change.type)}`],
      criteria: [enumHas(change.type, change.values)],
      because: `A new type is used by no column yet. ${manual('sql-createtype')}`,
    }),
  ];
}

/** Rows keep their value under its new name: what is stored is its number. */
export function renameEnumValue(change: BodyOf<'rename-enum-value'>): readonly Draft[] {
  const { type, value, to } = change;
  return [
    step({
      title: `Rename value ${value} of type ${display(type)} to ${to}`,
      phase: 'contract',
      sql: [renderChange(change)],
      down: [renderChange({ ...change, value: to, to: value })],
      hazards: ['breaks-running-code'],
      knowingly: [
        { rule: 'rename-enum-value', reason: 'code that knows the new value is deployed at the same moment' },
      ],
      criteria: [enumHas(type, [to])],
      application: `Deploy code that knows '${to}' at the same moment; code that still writes '${value}' fails from here on.`,
      because: `Changes the catalog only; rows follow by themselves, code does not. ${manual('sql-altertype')}`,
    }),
  ];
}

/**
 * Alone in its migration: a new value cannot be used before the transaction that added it has committed, and before
 * PostgreSQL 12 the statement refuses to run in a transaction block at all.
 */
export function addEnumValue(change: BodyOf<'add-enum-value'>): readonly Draft[] {
  const place =
    change.before !== undefined
      ? ` BEFORE ${quoteLiteral(change.before)}`
      : change.after !== undefined
        ? ` AFTER ${quoteLiteral(change.after)}`
        : '';
  return [
    step({
      title: `Add value ${change.value} to type ${display(change.type)}`,
      phase: 'expand',
      sql: [`ALTER TYPE ${quoteName(change.type)} ADD VALUE IF NOT EXISTS ${quoteLiteral(change.value)}${place}`],
      // PostgreSQL has no statement that removes a value; one that no row uses does no harm.
      down: [],
      transaction: false,
      criteria: [enumHas(change.type, [change.value])],
      application: `Code may write '${change.value}' only after this migration has been committed; code that reads ${display(change.type)} must know the value by then.`,
      because: `Changes the catalog only and locks no table; a value cannot be removed again. ${manual('sql-altertype')}`,
    }),
  ];
}
