import { isNull } from '../../../sql/apply/columns.ts';
import type { Policy, Table, Trigger, View } from '../../../sql/catalog.ts';
import type { Column, Constraint, Index } from '../../../sql/change.ts';
import type { RelationUse } from '../../../sql/changes/queries.ts';
import { keyOf, type ObjectName } from '../../../sql/name.ts';
import type { Row } from '../../session.ts';
import { expressionOf, known, nameOf, text, typeOf, yes } from './row.ts';

/** What stands on relations, by the keys of those. */
export interface Parts {
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  readonly constraints: ReadonlyMap<string, readonly Constraint[]>;
  readonly indexes: ReadonlyMap<string, readonly Index[]>;
  readonly triggers: ReadonlyMap<string, readonly Trigger[]>;
  readonly policies: ReadonlyMap<string, readonly Policy[]>;
  /** Of relations and columns, by the keys of their objects. */
  readonly comments: ReadonlyMap<string, string>;
}

export function tableOf(row: Row, parts: Parts): Table {
  const name = nameOf(row);
  const key = keyOf(name);
  const parents = (row.parents ?? []) as readonly ObjectName[];
  const [parent] = parents;
  const { enabled, forced } = row;
  return {
    name,
    columns: parts.columns.get(key) ?? [],
    constraints: parts.constraints.get(key) ?? [],
    indexes: parts.indexes.get(key) ?? [],
    ...known('comment', parts.comments.get(text(row, 'key'))),
    ...known('partitionBy', row.partition_by as string | null),
    ...(row.bound === null || parent === undefined ? {} : { partitionOf: parent }),
    ...yes('defaultPartition', row.bound === 'DEFAULT'),
    ...(row.bound === null && parents.length > 0 ? { inherits: parents } : {}),
    ...yes('unlogged', row.persistence === 'u'),
    ...yes('foreign', row.relkind === 'f'),
    ...known('triggers', parts.triggers.get(key)),
    ...known('policies', parts.policies.get(key)),
    ...(enabled === true || forced === true
      ? { rowSecurity: { enabled: enabled === true, forced: forced === true } }
      : {}),
    open: false,
  };
}

export function viewOf(row: Row, parts: Parts): View {
  const name = nameOf(row);
  const uses = (row.uses ?? []) as readonly (ObjectName & { readonly columns: readonly string[] })[];
  return {
    name,
    query: text(row, 'query').trim(),
    materialized: row.relkind === 'm',
    columns: (row.columns ?? []) as readonly string[],
    uses: uses.map(
      ({ schema, name, columns }): RelationUse => ({ relation: { ...known('schema', schema), name }, columns }),
    ),
    ...known('indexes', parts.indexes.get(keyOf(name))),
  };
}

/** `serial` where the column brings its sequence along: `serials` are the keys of such columns. */
export function columnOf(row: Row, serials: ReadonlySet<string>, comment: string | undefined): Column {
  const value = text(row, 'default');
  const generated = text(row, 'generated');
  // PostgreSQL keeps NULL as the default of a varchar(9), where it says nothing, and of a domain, where it hides the domain's own.
  const isDefault = value !== '' && (row.is_domain === true || !isNull(value));
  const serial = serials.has(text(row, 'key'));
  return {
    name: text(row, 'name'),
    type: typeOf(text(row, 'type')),
    nullable: row.required !== true,
    ...(isDefault && !serial && generated === '' ? { default: expressionOf(value) } : {}),
    ...(serial ? { identity: 'serial' } : {}),
    ...(row.identity === 'a' ? { identity: 'always' } : row.identity === 'd' ? { identity: 'by-default' } : {}),
    ...(generated === '' ? {} : { generated: { expression: value, stored: generated === 's' } }),
    ...known('collation', row.collation as string | null),
    ...known('comment', comment),
    ...yes('inherited', row.inherited),
  };
}

export function triggerOf(row: Row): Trigger {
  const name = { schema: text(row, 'function_schema'), name: text(row, 'function_name') };
  return {
    name: text(row, 'name'),
    function: name,
    enabled: row.enabled !== 'D',
    ...known('columns', row.columns as readonly string[] | null),
  };
}

/** `polcmd` (manual, catalog pg_policy). */
const commands: Readonly<Record<string, Policy['command']>> = { r: 'select', a: 'insert', w: 'update', d: 'delete' };

export function policyOf(row: Row): Policy {
  return {
    name: text(row, 'name'),
    command: commands[text(row, 'command')] ?? 'all',
    permissive: row.permissive === true,
    roles: row.roles as readonly string[],
    ...known('using', row.using as string | null),
    ...known('withCheck', row.checked as string | null),
  };
}
