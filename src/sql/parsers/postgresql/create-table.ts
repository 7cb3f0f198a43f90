import type {
  Constraint as ConstraintNode,
  CreateForeignTableStmt,
  CreateStmt,
  CreateTableAsStmt,
  Node,
  SelectStmt,
} from 'libpg-query';
import type { Constraint } from '../../change.ts';
import { columnOf } from './columns.ts';
import { constraintOf } from './constraints.ts';
import { nameOf, nameOfParts } from './names.ts';
import { allOf, texts } from './nodes.ts';
import { tablesOf } from './query-tables.ts';
import { closing, indexAt, isToken, keywordAfter, type Read, type Reading, scan, textOf } from './reading.ts';
import { traitsOf } from './traits.ts';
import { createMaterializedView } from './views.ts';

export function createTable(node: CreateStmt, reading: Reading, isForeign = false): readonly Read[] {
  const columns = allOf(node.tableElts, 'ColumnDef').map((definition) => columnOf(definition, reading));
  const own = allOf(node.tableElts, 'Constraint').flatMap((part) => constraintIn(part, reading, isForeign) ?? []);
  const like = allOf(node.tableElts, 'TableLikeClause').map((clause) => ({
    table: nameOf(clause.relation),
    options: clause.options ?? 0,
  }));
  const parents = allOf(node.inhRelations, 'RangeVar').map(nameOf);
  const [parent] = parents;
  const isPartition = node.partbound !== undefined && parent !== undefined;
  return [
    {
      kind: 'create-table',
      table: nameOf(node.relation),
      columns: columns.map(({ column }) => column),
      constraints: [...columns.flatMap(({ constraints }) => constraints), ...own],
      indexes: [],
      ifNotExists: node.if_not_exists === true,
      temporary: node.relation?.relpersistence === 't',
      ...(node.partspec === undefined ? {} : { partitionBy: partitionKey(node.partspec.location, reading) }),
      ...(isPartition ? { partitionOf: parent } : {}),
      ...(node.partbound?.is_default === true ? { defaultPartition: true as const } : {}),
      ...(like.length === 0 ? {} : { like }),
      ...(parents.length === 0 || isPartition ? {} : { inherits: parents }),
      ...unloggedOf(node.relation),
      ...(node.ofTypename === undefined ? {} : { ofType: nameOfParts(texts(node.ofTypename.names)) }),
    },
  ];
}

/**
 * A new table is empty, so PostgreSQL takes as valid what says NOT VALID, but not what says NOT ENFORCED; of a foreign one it knows
 * no rows, and takes every NOT NULL for valid (source, transformCheckConstraints and AddRelationNotNullConstraints).
 */
function constraintIn(part: ConstraintNode, reading: Reading, isForeign: boolean): Constraint | undefined {
  const constraint = constraintOf(part, reading);
  if (constraint?.kind === 'not-null') return { ...constraint, validated: true };
  const isValid = constraint !== undefined && 'validated' in constraint && part.is_enforced === true && !isForeign;
  return isValid ? { ...constraint, validated: true } : constraint;
}

/** A foreign table may be a partition too. */
export function createForeignTable({ base }: CreateForeignTableStmt, reading: Reading): readonly Read[] {
  const tables = base === undefined ? [] : createTable(base, reading, true);
  return tables.map((table) => (table.kind === 'create-table' ? { ...table, foreign: true } : table));
}

/** CREATE TABLE ... AS and CREATE MATERIALIZED VIEW share one node. */
export function createTableAs(node: CreateTableAsStmt, reading: Reading): readonly Read[] {
  if (node.objtype === 'OBJECT_MATVIEW') return createMaterializedView(node, reading);
  const as = keywordAfter(reading, indexAt(reading, node.into?.rel?.location), 'as') ?? 0;
  const query = textOf(reading, as + 1, reading.tokens().length);
  return [tableFrom(query, node.into?.rel, node.if_not_exists === true), ...readBy(node.query, reading)];
}

/** The query that fills a new table, where there is something to say of it. */
function readBy(query: Node | undefined, reading: Reading): readonly Read[] {
  const traits = query === undefined ? undefined : traitsOf(query, reading).traits;
  const said = traits?.filter(({ kind }) => kind !== 'select-star') ?? [];
  return said.length === 0 ? [] : [{ kind: 'query', tables: tablesOf(query), traits: said }];
}

/** SELECT ... INTO makes a table too. */
export function selectInto(node: SelectStmt, reading: Reading): readonly Read[] {
  return [tableFrom(reading.sql, node.intoClause?.rel, false)];
}

function tableFrom(columnsFrom: string, relation: CreateStmt['relation'], ifNotExists: boolean): Read {
  return {
    kind: 'create-table',
    table: nameOf(relation),
    columns: [],
    constraints: [],
    indexes: [],
    ifNotExists,
    temporary: relation?.relpersistence === 't',
    ...unloggedOf(relation),
    columnsFrom,
  };
}

function unloggedOf(relation: CreateStmt['relation']): { readonly unlogged?: true } {
  return relation?.relpersistence === 'u' ? { unlogged: true } : {};
}

/** `RANGE (created_at)` of `PARTITION BY RANGE (created_at)`. */
function partitionKey(location: number | undefined, reading: Reading): string {
  const by = keywordAfter(reading, indexAt(reading, location), 'by') ?? 0;
  const open = scan(reading, by + 1, (at) => isToken(reading, at, '('));
  return textOf(reading, by + 1, closing(reading, open) + 1);
}
