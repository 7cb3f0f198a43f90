import { drawsFrom } from '../../sql/apply/mentions.ts';
import type { Catalog, Policy, Table, Trigger, View } from '../../sql/catalog.ts';
import type { Column, Constraint, Expression, Index, IndexKey, ReferentialAction } from '../../sql/change.ts';
import type { RelationUse } from '../../sql/changes/queries.ts';
import { sequenceOf } from '../../sql/facts/dependants/uses.ts';
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

/** A type as a catalog spells it: without the default schema. */
export function typeOf(type: string): string {
  return type.startsWith('public.') ? type.slice('public.'.length) : type;
}

/** What stands in tables and views, by their keys. */
export interface Parts {
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  readonly constraints: ReadonlyMap<string, readonly Constraint[]>;
  readonly indexes: ReadonlyMap<string, readonly Index[]>;
  readonly triggers: ReadonlyMap<string, readonly Trigger[]>;
  readonly policies: ReadonlyMap<string, readonly Policy[]>;
  readonly viewColumns: ReadonlyMap<string, readonly string[]>;
  readonly uses: ReadonlyMap<string, readonly RelationUse[]>;
}

export function tablesOf(relations: readonly Row[], parts: Parts): Catalog['tables'] {
  const tables = relations.filter(({ kind }) => kind === 'r' || kind === 'p' || kind === 'f');
  return new Map(tables.map((row) => [keyOf(nameOf(row)), tableOf(row, parts)]));
}

function tableOf(row: Row, parts: Parts): Table {
  const name = nameOf(row);
  const key = keyOf(name);
  const parents = (row.parents ?? []) as readonly ObjectName[];
  const [parent] = parents;
  const isPartition = row.partition_bound !== null;
  const [triggers, policies] = [parts.triggers.get(key), parts.policies.get(key)];
  const rowSecurity = { enabled: row.rls === true, forced: row.forced === true };
  return {
    name,
    columns: parts.columns.get(key) ?? [],
    constraints: parts.constraints.get(key) ?? [],
    indexes: parts.indexes.get(key) ?? [],
    open: false,
    ...(row.comment === null ? {} : { comment: text(row, 'comment') }),
    ...(row.partition_by === null ? {} : { partitionBy: text(row, 'partition_by') }),
    ...(isPartition && parent !== undefined ? { partitionOf: parent } : {}),
    ...(row.partition_bound === 'DEFAULT' ? { defaultPartition: true } : {}),
    ...(isPartition || parent === undefined ? {} : { inherits: parents }),
    ...(row.persistence === 'u' ? { unlogged: true } : {}),
    ...(row.kind === 'f' ? { foreign: true } : {}),
    ...(triggers === undefined ? {} : { triggers }),
    ...(policies === undefined ? {} : { policies }),
    ...(rowSecurity.enabled || rowSecurity.forced ? { rowSecurity } : {}),
  };
}

export function viewsOf(relations: readonly Row[], parts: Parts): Catalog['views'] {
  const views = relations.filter(({ view }) => view !== null);
  return new Map(views.map((row) => [keyOf(nameOf(row)), viewOf(row, parts)]));
}

function viewOf(row: Row, { viewColumns, uses, indexes }: Parts): View {
  const name = nameOf(row);
  const key = keyOf(name);
  const own = indexes.get(key);
  return {
    name,
    query: text(row, 'view'),
    materialized: row.kind === 'm',
    columns: viewColumns.get(key) ?? [],
    uses: uses.get(key) ?? [],
    ...(own === undefined ? {} : { indexes: own }),
  };
}

export function columnOf(row: Row): Column {
  const value = text(row, 'default');
  const serial = isSerial(row, value);
  const generated = text(row, 'generated');
  return {
    name: text(row, 'name'),
    type: typeOf(text(row, 'type')),
    // What is NOT VALID promises nothing of the rows that are there.
    nullable: row.required !== true || row.unproven === true,
    ...(value === '' || serial || generated !== '' ? {} : { default: expressionOf(value) }),
    ...(serial ? { identity: 'serial' } : {}),
    ...(row.identity === 'a' ? { identity: 'always' } : row.identity === 'd' ? { identity: 'by-default' } : {}),
    ...(generated === '' ? {} : { generated: { expression: value, stored: generated === 's' } }),
    ...(row.comment === null ? {} : { comment: text(row, 'comment') }),
    ...(row.collation === null ? {} : { collation: text(row, 'collation') }),
    ...(row.inherited === true ? { inherited: true } : {}),
  };
}

/** As the catalog means it: all that serial makes of a column, the sequence's name too. */
function isSerial(row: Row, value: string): boolean {
  const table = { schema: text(row, 'schema'), name: text(row, 'table') };
  const sequence = sequenceOf(table, text(row, 'name'));
  const owns = ((row.own_sequences ?? []) as readonly string[]).includes(sequence.name);
  return owns && row.required === true && /^(?:small|big)?int/.test(text(row, 'type')) && drawsFrom(value, sequence);
}

/** Functions whose volatility the manual states; what is not known to be otherwise counts as volatile. */
export function expressionOf(sql: string): Expression {
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
  const heir = {
    ...(row.no_inherit === true ? { noInherit: true as const } : {}),
    ...(row.inherited === true ? { inherited: true as const } : {}),
  };
  const include = row.include === null ? {} : { include: row.include as readonly string[] };
  const deferrable =
    row.deferrable === true
      ? { deferrable: row.deferred === true ? ('deferred' as const) : ('immediate' as const) }
      : {};
  switch (row.kind) {
    case 'p':
      return { kind: 'primary-key', name, columns, ...include, ...deferrable };
    case 'u':
      return {
        kind: 'unique',
        name,
        columns,
        ...(row.nulls_not_distinct === true ? { nullsNotDistinct: true } : {}),
        ...include,
        ...deferrable,
      };
    case 'c':
      return { kind: 'check', name, expression: text(row, 'expression'), validated, ...heir };
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
        ...deferrable,
      };
    }
    case 'n':
      return { kind: 'not-null', name, column: columns[0] ?? '', validated, ...heir };
    default:
      return { kind: 'exclusion', name, definition: text(row, 'definition') };
  }
}

interface Key {
  readonly definition: string;
  readonly column: string | null;
  readonly included: boolean;
  readonly descending: number;
  readonly nulls_first: number;
  readonly opclass: string | null;
  readonly collation: string | null;
}

export function indexOf(row: Row): Index {
  const keys = row.keys as readonly Key[];
  const parent = row.parent as ObjectName | null;
  return {
    name: text(row, 'name'),
    table: { schema: text(row, 'schema'), name: text(row, 'table') },
    method: text(row, 'method'),
    keys: keys.filter(({ included }) => !included).map(keyOfIndex),
    include: keys.filter(({ included }) => included).map(({ column, definition }) => column ?? definition),
    unique: row.unique === true,
    ...(row.where === null ? {} : { where: text(row, 'where') }),
    ...(row.nulls_not_distinct === true ? { nullsNotDistinct: true } : {}),
    ...(row.valid === true ? {} : { invalid: true }),
    ...(parent === null ? {} : { partitionOf: parent }),
  };
}

/** Ascending keys have NULLs last, descending ones first, unless it is said otherwise. */
function keyOfIndex({ definition, column, descending, nulls_first, opclass, collation }: Key): IndexKey {
  const isDescending = descending === 1;
  const nullsFirst = nulls_first !== 0;
  return {
    ...(column === null ? { expression: definition } : { column }),
    ...(isDescending ? { descending: true } : {}),
    ...(nullsFirst === isDescending ? {} : { nulls: nullsFirst ? 'first' : 'last' }),
    ...(collation === null ? {} : { collation }),
    ...(opclass === null ? {} : { opclass }),
  };
}
