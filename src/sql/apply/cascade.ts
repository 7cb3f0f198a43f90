import type { Table } from '../catalog.ts';
import type { Column } from '../change.ts';
import { type Dependant, dependants, type SchemaObject } from '../facts/dependants/index.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { type Draft, putTable, removeTable, removeView } from './draft.ts';
import { withoutColumn } from './table-edits.ts';

/**
 * Removes what goes when an object is about to go: its parts, and with CASCADE everything that depends on it. The object itself
 * is left to the caller.
 */
export function takeAlong(draft: Draft, object: SchemaObject, cascade: boolean): void {
  if (!cascade && !hasParts(draft, object)) return;
  // Without CASCADE the server refuses where anything else depends on it, so that only parts can go.
  const isGoing = ({ automatic }: Dependant) => cascade || automatic;
  for (const { object: each } of dependants(draft, object).filter(isGoing)) remove(draft, each);
}

/** Whether anything can go by itself that the table does not hold; asked first, since the whole answer means a look at every table. */
function hasParts(draft: Draft, object: SchemaObject): boolean {
  if (draft.sequences.size > 0) return true;
  return object.kind === 'table' && (draft.children.get(keyOf(object.name))?.size ?? 0) > 0;
}

function remove(draft: Draft, object: SchemaObject): void {
  if ('part' in object) {
    const { kind, of, part } = object;
    if (kind === 'attribute') removeAttribute(draft, of, part);
    else alterKnown(draft, of, (table) => withoutPart(table, kind, part));
    return;
  }
  const { name } = object;
  const key = keyOf(name);
  switch (object.kind) {
    case 'table':
      removeTable(draft, name);
      break;
    case 'view':
    case 'materialized-view':
      removeView(draft, name);
      break;
    case 'sequence':
      draft.sequences.delete(key);
      break;
    case 'function':
      draft.functions.delete(key);
      break;
    case 'type':
      for (const types of [draft.enums, draft.domains, draft.composites]) types.delete(key);
      break;
    case 'index': {
      const owner = draft.tables.get(draft.owners.get(key) ?? '');
      const others = owner?.indexes.filter((index) => index.name !== name.name);
      if (owner !== undefined && others !== undefined) putTable(draft, { ...owner, indexes: others });
      break;
    }
    // Nothing takes these along.
    case 'schema':
    case 'extension':
      break;
  }
}

function removeAttribute(draft: Draft, of: ObjectName, attribute: string): void {
  const attributes = draft.composites.get(keyOf(of)) ?? [];
  draft.composites.set(
    keyOf(of),
    attributes.filter(({ name }) => name !== attribute),
  );
}

function alterKnown(draft: Draft, name: ObjectName, edit: (table: Table) => Table): void {
  const table = draft.tables.get(keyOf(name));
  if (table !== undefined) putTable(draft, edit(table));
}

type Part = 'column' | 'default' | 'constraint' | 'trigger' | 'policy';

function withoutPart(table: Table, kind: Part, part: string): Table {
  const others = <Named extends { readonly name?: string }>(all: readonly Named[] = []) =>
    all.filter(({ name }) => name !== part);
  switch (kind) {
    case 'column':
      return withoutColumn(table, part);
    case 'default':
      return {
        ...table,
        columns: table.columns.map((column) => (column.name === part ? withoutDefault(column) : column)),
      };
    case 'constraint':
      return { ...table, constraints: others(table.constraints) };
    case 'trigger':
      return { ...table, triggers: others(table.triggers) };
    case 'policy':
      return { ...table, policies: others(table.policies) };
  }
}

/** A serial column is one whose default draws from a sequence of its own. */
function withoutDefault({ default: _default, identity, ...column }: Column): Column {
  return identity === undefined || identity === 'serial' ? column : { ...column, identity };
}
