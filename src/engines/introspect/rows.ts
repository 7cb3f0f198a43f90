import type { Table, View } from '../../sql/catalog.ts';
import type { Column, Constraint, Expression, Index, ReferentialAction } from '../../sql/change.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import type { Row } from '../session.ts';

/** A column of a catalog row as text; empty where it is null. */
export function text(row: Row, column: string): string {
  const value = row[column];
  return value === null || value === undefined ? '' : String(value);
}

export function nameOf(row: Row): ObjectName {
  return { schema: text(row, 'schema'), name: text(row, 'name') };
}

export function tablesOf(
  relations: readonly Row[],
  parts: {
    readonly columns: ReadonlyMap<string, readonly Column[]>;
    readonly constraints: ReadonlyMap<string, readonly Constraint[]>;
    readonly indexes: ReadonlyMap<string, readonly Index[]>;
  },
): ReadonlyMap<string, Table> {
  const tables = relations.filter(({ kind }) => kind === 'r' || kind === 'p' || kind === 'f');
  return new Map(
    tables.map((row): [string, Table] => {
      const name = nameOf(row);
      const key = keyOf(name);
      const [schema, ...rest] = text(row, 'parent').split('.');
      return [
        key,
        {
          name,
          columns: parts.columns.get(key) ?? [],
          constraints: parts.constraints.get(key) ?? [],
          indexes: parts.indexes.get(key) ?? [],
          open: false,
          ...(row.comment === null ? {} : { comment: text(row, 'comment') }),
          ...(row.partition_by === null ? {} : { partitionBy: text(row, 'partition_by') }),
          ...(row.partition_bound === null ? {} : { partitionOf: { schema: schema ?? '', name: rest.join('.') } }),
        },
      ];
    }),
  );
}

export function viewOf(row: Row): View | undefined {
  if (row.view === null) return undefined;
  return { name: nameOf(row), query: text(row, 'view'), materialized: row.kind === 'm' };
}

export function columnOf(row: Row): Column {
  const value = text(row, 'default');
  const serial = row.owns_sequence === true && value.startsWith('nextval(');
  const generated = text(row, 'generated');
  return {
    name: text(row, 'name'),
    type: text(row, 'type'),
    nullable: row.required !== true,
    ...(value === '' || serial || generated !== '' ? {} : { default: expressionOf(value) }),
    ...(serial ? { identity: 'serial' } : {}),
    ...(row.identity === 'a' ? { identity: 'always' } : row.identity === 'd' ? { identity: 'by-default' } : {}),
    ...(generated === '' ? {} : { generated: { expression: value, stored: generated === 's' } }),
    ...(row.comment === null ? {} : { comment: text(row, 'comment') }),
  };
}

/** Functions whose volatility the manual states; what is not known to be otherwise counts as volatile. */
function expressionOf(sql: string): Expression {
  const withoutStrings = sql.replace(/'(?:[^']|'')*'/g, '');
  if (
    /^(now\(\)|current_(date|timestamp|time|user)|localtime(stamp)?|transaction_timestamp\(\))$/i.test(withoutStrings)
  ) {
    return { sql, volatility: 'stable' };
  }
  return {
    sql,
    volatility: /[a-z_]\s*\(/i.test(withoutStrings.replace(/::[\w ]+\([\d, ]+\)/g, '')) ? 'volatile' : 'constant',
  };
}

/** `confdeltype` and `confupdtype` (manual, catalog pg_constraint). */
const actions: Readonly<Record<string, ReferentialAction>> = {
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

export function constraintOf(row: Row): Constraint {
  const name = text(row, 'name');
  const columns = (row.columns ?? []) as readonly string[];
  const validated = row.validated === true;
  switch (row.kind) {
    case 'p':
      return { kind: 'primary-key', name, columns };
    case 'u':
      return {
        kind: 'unique',
        name,
        columns,
        ...(row.nulls_not_distinct === true ? { nullsNotDistinct: true } : {}),
      };
    case 'c':
      return { kind: 'check', name, expression: text(row, 'expression'), validated };
    case 'f': {
      const onDelete = actions[text(row, 'on_delete')];
      const onUpdate = actions[text(row, 'on_update')];
      return {
        kind: 'foreign-key',
        name,
        columns,
        references: { schema: text(row, 'referenced_schema'), name: text(row, 'referenced_table') },
        referencedColumns: (row.referenced_columns ?? []) as readonly string[],
        ...(onDelete === undefined ? {} : { onDelete }),
        ...(onUpdate === undefined ? {} : { onUpdate }),
        validated,
      };
    }
    case 'n':
      return { kind: 'not-null', name, column: columns[0] ?? '', validated };
    default:
      return { kind: 'exclusion', name, definition: text(row, 'definition') };
  }
}

interface Key {
  readonly definition: string;
  readonly column: string | null;
  readonly included: boolean;
  readonly descending: number;
}

export function indexOf(row: Row): Index {
  const keys = row.keys as readonly Key[];
  return {
    name: text(row, 'name'),
    table: { schema: text(row, 'schema'), name: text(row, 'table') },
    method: text(row, 'method'),
    keys: keys
      .filter(({ included }) => !included)
      .map(({ definition, column, descending }) => ({
        ...(column === null ? { expression: definition } : { column }),
        ...(descending === 1 ? { descending: true } : {}),
      })),
    include: keys.filter(({ included }) => included).map(({ column, definition }) => column ?? definition),
    unique: row.unique === true,
    ...(row.where === null ? {} : { where: text(row, 'where') }),
  };
}
