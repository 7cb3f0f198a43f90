import type { Catalog, Domain, Policy, Sequence, Trigger } from '../../sql/catalog.ts';
import type { RelationUse } from '../../sql/changes/queries.ts';
import type { FunctionDefinition } from '../../sql/changes/routines.ts';
import type { Attribute, DomainCheck } from '../../sql/changes/types.ts';
import { sequenceOf } from '../../sql/facts/dependants/uses.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import type { Row } from '../session.ts';
import { expressionOf, nameOf, text, typeOf } from './rows.ts';

export function triggerOf(row: Row): Trigger {
  const called = { schema: text(row, 'function_schema'), name: text(row, 'function') };
  return { name: text(row, 'name'), function: called, enabled: row.enabled === true };
}

export function policyOf(row: Row): Policy {
  return {
    name: text(row, 'name'),
    command: text(row, 'command') as Policy['command'],
    permissive: row.permissive === true,
    roles: row.roles as readonly string[],
    ...(row.using === null ? {} : { using: text(row, 'using') }),
    ...(row.with_check === null ? {} : { withCheck: text(row, 'with_check') }),
  };
}

export function domainsOf(rows: readonly Row[]): Catalog['domains'] {
  return byKey(
    rows,
    (row): Domain => ({
      name: nameOf(row),
      type: typeOf(text(row, 'type')),
      nullable: row.required !== true,
      ...(row.default === null ? {} : { default: expressionOf(text(row, 'default')) }),
      ...(row.collation === null ? {} : { collation: text(row, 'collation') }),
      checks: (row.checks ?? []) as readonly DomainCheck[],
    }),
  );
}

export function compositesOf(rows: readonly Row[]): Catalog['composites'] {
  return byKey(rows, ({ attributes }) =>
    ((attributes ?? []) as readonly Attribute[]).map(({ name, type }) => ({ name, type: typeOf(type) })),
  );
}

/** A serial column stands for its sequence. */
export function sequencesOf(rows: readonly Row[], tables: Catalog['tables']): Catalog['sequences'] {
  const isSerial = (row: Row) => {
    const table = tables.get(`${text(row, 'owner_schema')}.${text(row, 'owner')}`);
    const column = table?.columns.find(({ name }) => name === row.owner_column);
    return (
      table !== undefined && column?.identity === 'serial' && sequenceOf(table.name, column.name).name === row.name
    );
  };
  return byKey(
    rows.filter((row) => !isSerial(row)),
    (row): Sequence => {
      const name = nameOf(row);
      if (row.owner === null) return { name };
      const table = { schema: text(row, 'owner_schema'), name: text(row, 'owner') };
      return { name, ownedBy: { table, column: text(row, 'owner_column') } };
    },
  );
}

export function functionsOf(rows: readonly Row[]): Catalog['functions'] {
  return new Map([...Map.groupBy(rows, (row) => keyOf(nameOf(row)))].map(([key, all]) => [key, all.map(functionOf)]));
}

const volatilities: Readonly<Record<string, FunctionDefinition['volatility']>> = { i: 'immutable', s: 'stable' };

function functionOf(row: Row): FunctionDefinition {
  const volatility = volatilities[text(row, 'volatility')];
  return {
    procedure: row.procedure === true,
    language: text(row, 'language'),
    replace: false,
    securityDefiner: row.security_definer === true,
    ...(row.search_path === null ? {} : { searchPath: unquoted(text(row, 'search_path')) }),
    ...(volatility === undefined ? {} : { volatility }),
    arguments: ((row.arguments ?? []) as readonly string[]).map(typeOf),
    body: text(row, 'body'),
  };
}

/** `"$user", app` as a catalog keeps it: the names without their quotes. */
function unquoted(searchPath: string): string {
  return searchPath.replace(/"((?:[^"]|"")*)"/g, (_, name: string) => name.replaceAll('""', '"'));
}

/** What views read, by the views' keys. */
export function usesOf(rows: readonly Row[]): ReadonlyMap<string, readonly RelationUse[]> {
  const relation = (row: Row): ObjectName => ({ schema: text(row, 'read_schema'), name: text(row, 'read') });
  const views = Map.groupBy(rows, (row) => `${text(row, 'schema')}.${text(row, 'table')}`);
  return new Map(
    [...views].map(([view, of]) => [
      view,
      [...Map.groupBy(of, (row) => keyOf(relation(row))).values()].map((each) => ({
        relation: relation(each[0] ?? {}),
        columns: each.flatMap((row) => (row.column === null ? [] : [text(row, 'column')])),
      })),
    ]),
  );
}

function byKey<Value>(rows: readonly Row[], read: (row: Row) => Value): ReadonlyMap<string, Value> {
  return new Map(rows.map((row) => [keyOf(nameOf(row)), read(row)]));
}
