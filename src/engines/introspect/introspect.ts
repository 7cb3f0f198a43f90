import type { Catalog } from '../../sql/catalog.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import type { Row, Session } from '../session.ts';
import * as objectQueries from './object-queries.ts';
import { compositesOf, domainsOf, functionsOf, policyOf, sequencesOf, triggerOf, usesOf } from './objects.ts';
import * as queries from './queries.ts';
import { columnOf, constraintOf, indexOf, nameOf, type Parts, tablesOf, text, viewsOf } from './rows.ts';

/** A database's schema as its engine describes it. */
export interface Introspection {
  readonly catalog: Catalog;
  /**
   * Everything there is, one object each: a key in words (`column public.orders.note`) and a definition in which every name
   * is qualified. Two databases with equal definitions have the same schema, up to the order of columns.
   */
  readonly definitions: ReadonlyMap<string, string>;
}

/** Reads the schema, inside an open transaction as well as outside. */
export async function introspect(session: Session): Promise<Introspection> {
  const schemas = await session.inspect(queries.schemas);
  const extensions = await session.inspect(queries.extensions);
  const relations = await session.inspect(queries.relations);
  const columns = await session.inspect(queries.columns);
  const constraints = await session.inspect(queries.constraints);
  const indexes = await session.inspect(queries.indexes);
  const enums = await session.inspect(queries.enums);
  const others = await session.inspect(queries.others);

  const parts: Parts = {
    columns: grouped(columns, columnOf),
    constraints: grouped(constraints, constraintOf),
    indexes: grouped(indexes, indexOf),
    triggers: grouped(await session.inspect(objectQueries.triggers), triggerOf),
    policies: grouped(await session.inspect(objectQueries.policies), policyOf),
    viewColumns: grouped(await session.inspect(objectQueries.viewColumns), (row) => text(row, 'name')),
    uses: usesOf(await session.inspect(objectQueries.viewUses)),
  };
  const tables = tablesOf(relations, parts);
  const catalog: Catalog = {
    engine: 'postgresql',
    schemas: new Set(schemas.map((row) => text(row, 'name'))),
    extensions: new Set(extensions.map((row) => text(row, 'name'))),
    enums: new Map(enums.map((row) => [keyOf(nameOf(row)), row.labels as readonly string[]])),
    domains: domainsOf(await session.inspect(objectQueries.domains)),
    composites: compositesOf(await session.inspect(objectQueries.composites)),
    sequences: sequencesOf(await session.inspect(objectQueries.sequences), tables),
    functions: functionsOf(await session.inspect(objectQueries.functions)),
    views: viewsOf(relations, parts),
    tables,
  };

  const definitions = new Map<string, string>([
    ...schemas.map((row) => [`schema ${text(row, 'name')}`, ''] as const),
    ...extensions.map((row) => [`extension ${text(row, 'name')}`, `version ${text(row, 'version')}`] as const),
    ...relations.map((row) => [`${relationWord(row)} ${keyOf(nameOf(row))}`, relationText(row)] as const),
    ...columns.map((row) => [`column ${within(row)}`, columnText(row)] as const),
    ...constraints.map((row) => [`constraint ${within(row)}`, text(row, 'definition')] as const),
    ...indexes.map((row) => [`index ${keyOf(nameOf(row))}`, indexText(row)] as const),
    ...enums.map((row) => [`enum ${keyOf(nameOf(row))}`, (row.labels as string[]).join(', ')] as const),
    ...others.map((row) => [text(row, 'key'), text(row, 'definition')] as const),
  ]);
  return { catalog, definitions };
}

function grouped<Item>(rows: readonly Row[], read: (row: Row) => Item): ReadonlyMap<string, readonly Item[]> {
  return new Map(
    [...Map.groupBy(rows, (row) => `${text(row, 'schema')}.${text(row, 'table')}`)].map(([table, of]) => [
      table,
      of.map(read),
    ]),
  );
}

function within(row: Row): string {
  return `${text(row, 'schema')}.${text(row, 'table')}.${text(row, 'name')}`;
}

function relationWord({ kind }: Row): string {
  return kind === 'v' ? 'view' : kind === 'm' ? 'materialized view' : kind === 'f' ? 'foreign table' : 'table';
}

function relationText(row: Row): string {
  const { view, persistence, options, rls, forced, partition_by, partition_bound, parents, acl, comment } = row;
  return words([
    view,
    persistence === 'u' ? 'unlogged' : persistence === 't' ? 'temporary' : null,
    options,
    rls === true ? 'row level security' : null,
    forced === true ? 'forced row level security' : null,
    labelled('partitioned by', partition_by),
    labelled('child of', (parents as readonly ObjectName[] | null)?.map(keyOf).join(', ')),
    partition_bound,
    labelled('privileges', acl),
    labelled('comment', comment),
  ]);
}

function columnText(row: Row): string {
  const { type, required, generated, identity, collation, acl, comment } = row;
  return words([
    type,
    required === true ? 'NOT NULL' : null,
    labelled(generated === '' ? 'DEFAULT' : generated === 's' ? 'GENERATED STORED' : 'GENERATED VIRTUAL', row.default),
    identity === '' ? null : identity === 'a' ? 'GENERATED ALWAYS AS IDENTITY' : 'GENERATED BY DEFAULT AS IDENTITY',
    labelled('COLLATE', collation),
    labelled('privileges', acl),
    labelled('comment', comment),
  ]);
}

function indexText(row: Row): string {
  return words([row.definition, row.valid === true ? null : '(invalid)']);
}

function labelled(label: string, value: unknown): string | null {
  return value === null || value === undefined ? null : `${label} ${String(value)}`;
}

function words(parts: readonly unknown[]): string {
  return parts
    .filter((part) => part !== null && part !== undefined)
    .map(String)
    .join(' ');
}
