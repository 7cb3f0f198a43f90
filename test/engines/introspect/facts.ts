import type { Catalog } from '../../../src/sql/catalog.ts';
import type { Constraint, Index } from '../../../src/sql/change.ts';
import { keyOf, type ObjectName } from '../../../src/sql/name.ts';

/**
 * A catalog as lines that are the same for one that was parsed and one that the server was asked for: the order of objects, the
 * white space, brackets and casts of expressions, and the names of automatic NOT NULL constraints aside.
 */
export function factsOf(catalog: Catalog): readonly string[] {
  const lines = [
    ...[...catalog.schemas].map((name) => `schema ${name}`),
    ...[...catalog.extensions].map((name) => `extension ${name}`),
    ...[...catalog.enums].map(([key, values]) => `enum ${key}: ${values.join(', ')}`),
    ...[...catalog.domains].map(
      ([key, { type, nullable, default: value, collation, checks }]) =>
        `domain ${key}: ${said({ type, nullable, default: value && plain(value.sql), collation })} ${checks
          .map(({ name, expression, validated }) => said({ name, expression: plain(expression), validated }))
          .toSorted()
          .join('; ')}`,
    ),
    ...[...catalog.composites].map(
      ([key, of]) => `composite ${key}: ${of.map((a) => `${a.name} ${a.type}`).join(', ')}`,
    ),
    ...[...catalog.sequences].map(
      ([key, { ownedBy: of }]) => `sequence ${key}${of ? ` of ${keyOf(of.table)}.${of.column}` : ''}`,
    ),
    ...[...catalog.functions].flatMap(([key, overloads]) =>
      overloads.map(
        ({ procedure, language, securityDefiner, searchPath, volatility, arguments: types }) =>
          `function ${key}: ${said({ procedure, language, securityDefiner, searchPath, volatility: volatility === 'volatile' ? undefined : volatility })} (${types.join(', ')})`,
      ),
    ),
    ...[...catalog.views].flatMap(([key, { materialized, columns, uses, indexes = [] }]) => [
      `view ${key}: ${said({ materialized, columns })}`,
      ...(uses ?? []).map(
        ({ relation, columns: read }) =>
          `view ${key} reads ${keyOf(relation)} (${read === 'all' ? 'all' : read.toSorted().join(', ')})`,
      ),
      ...indexes.map((index) => `index ${key} ${indexText(index)}`),
    ]),
    ...[...catalog.tables].flatMap(([key, table]) => [
      `table ${key}: ${said({
        comment: table.comment,
        partitionBy: table.partitionBy && plain(table.partitionBy),
        partitionOf: table.partitionOf && keyOf(table.partitionOf),
        defaultPartition: table.defaultPartition,
        inherits: table.inherits?.map(keyOf),
        unlogged: table.unlogged,
        foreign: table.foreign,
        rowSecurity: table.rowSecurity,
        open: table.open,
      })}`,
      `columns ${key}: ${table.columns.map(({ name }) => name).join(', ')}`,
      ...table.columns.map(
        ({ name, default: value, generated, ...column }) =>
          `column ${key}.${name}: ${said({
            ...column,
            default: value && plain(value.sql),
            generated: generated && { ...generated, expression: plain(generated.expression) },
          })}`,
      ),
      ...table.constraints.flatMap((each) => constraintText(each).map((line) => `constraint ${key} ${line}`)),
      ...table.indexes.map((index) => `index ${key} ${indexText(index)}`),
      ...(table.triggers ?? []).map(
        ({ name, function: called, enabled }) => `trigger ${key} ${name} ${keyOf(called)} ${enabled}`,
      ),
      ...(table.policies ?? []).map(
        ({ using, withCheck, ...policy }) =>
          `policy ${key} ${said({ ...policy, using: using && plain(using), withCheck: withCheck && plain(withCheck) })}`,
      ),
    ]),
  ];
  return lines.toSorted();
}

function constraintText(constraint: Constraint): readonly string[] {
  switch (constraint.kind) {
    case 'check':
      return [said({ ...constraint, expression: plain(constraint.expression) })];
    case 'exclusion':
      return [said({ ...constraint, definition: plain(constraint.definition) })];
    case 'not-null':
      // Of those that hold, the column says all.
      return constraint.validated ? [] : [said(constraint)];
    case 'foreign-key':
      return [said({ ...constraint, references: keyOf(constraint.references) })];
    default:
      return [said(constraint)];
  }
}

function indexText({ keys, where, table: _table, only: _only, partitionOf, ...index }: Index): string {
  return said({
    ...index,
    keys: keys.map(({ expression, ...key }) => ({
      ...key,
      ...(expression === undefined ? {} : { expression: plain(expression) }),
    })),
    where: where && plain(where),
    partitionOf: partitionOf && keyOf(partitionOf as ObjectName),
  });
}

function said(value: object): string {
  return JSON.stringify(value, (_key, each) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(
          Object.entries(each)
            .filter(([, v]) => v !== false || true)
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : each,
  );
}

/** An expression without casts, brackets and white space. */
function plain(sql: string): string {
  return sql
    .replace(
      /::(?:(?:"[^"]*"|\w+)\.)*(?:"[^"]*"|\w+)(?: varying| precision)?(?:\(\d+(?:,\s*\d+)?\))?(?: with(?:out)? time zone)?(?:\[\])*/gi,
      '',
    )
    .replace(/\bpublic\./g, '')
    .replace(/[\s()]+/g, '')
    .replaceAll('<>', '!=')
    .toLowerCase();
}
