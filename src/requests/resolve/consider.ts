import { columnOf, type Table, tableOf } from '../../sql/catalog.ts';
import type { Change, ChangeOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { isRenderable } from '../../sql/render.ts';
import type { Value } from '../grammar/wish.ts';
import { addColumn } from './add-column.ts';
import { addReference } from './add-reference.ts';
import { alterType } from './alter-type.ts';
import { createTable } from './create-table.ts';
import { describe } from './describe.ts';
import { createEnum } from './desired/enums.ts';
import type { Desk } from './desk.ts';
import { ensureUnique } from './ensure-unique.ts';
import { removeUse } from './remove-use.ts';
import { requireColumn } from './require-column.ts';
import { resolveNames } from './resolve-names.ts';

/** What the request says about a change beside the change itself. */
export interface Hints {
  /** What existing rows are to hold in a new column. */
  readonly existing?: Value;
  /** What was assumed because the request left it open; said with the change. */
  readonly assumed?: string;
}

/** Takes a change to the desk: looks its names up, asks what is dangerous about it, and makes it a goal. */
export function consider(desk: Desk, proposed: Change, hints: Hints = {}): undefined {
  const change = resolveNames(desk, proposed);
  if (change === undefined) {
    desk.await(`${describe(proposed)} (a name in it is still to be cleared up).`);
    return;
  }
  switch (change.kind) {
    case 'add-column':
      return addColumn(desk, change, hints);
    case 'create-table':
      return createTable(desk, change, hints);
    case 'create-enum':
      return createEnum(desk, change);
    case 'change-column-type':
      return alterType(desk, change, hints);
    case 'set-not-null':
      return requireColumn(desk, change);
    case 'drop-column':
    case 'drop-table':
    case 'rename-column':
    case 'rename-table':
      return removeUse(desk, change);
    case 'add-constraint':
      return constrain(desk, change, hints);
    case 'create-index':
      return index(desk, change);
    case 'drop-not-null': {
      const column = columnIn(desk, change);
      if (column?.nullable === true)
        return desk.note(`\`${display(change.table)}.${change.column}\` is optional already.`);
      return settle(desk, change, hints);
    }
    // These frame statements and change no schema.
    case 'transaction':
    case 'set':
      return;
    default:
      if (!isRenderable(change)) return desk.giveUp(`${describe(change)}: this kind of statement is not planned.`);
      return settle(desk, change, hints);
  }
}

/** Makes the change a goal as it is. */
export function settle(desk: Desk, change: Change, { assumed }: Hints = {}): undefined {
  desk.decide({ kind: 'change', change }, sentence(describe(change), assumed));
}

export function sentence(text: string, assumed: string | undefined): string {
  return assumed === undefined ? `${text}.` : `${text} (${assumed}).`;
}

function constrain(desk: Desk, change: ChangeOf<'add-constraint'>, hints: Hints): undefined {
  const { constraint } = change;
  const table = tableOf(desk.catalog(), change.table);
  if (constraint.kind === 'unique' && table !== undefined) return ensureUnique(desk, change, table, constraint.columns);
  if (constraint.kind === 'foreign-key' && table !== undefined && hasReference(table, constraint)) {
    return desk.note(
      `\`${display(change.table)}\` references \`${display(constraint.references)}\` by ${constraint.columns.join(', ')} already.`,
    );
  }
  if (constraint.kind === 'foreign-key' && table !== undefined)
    return addReference(desk, change, constraint, table, hints);
  return settle(desk, change, hints);
}

function hasReference(
  table: Table,
  wanted: { readonly columns: readonly string[]; readonly references: { readonly name: string } },
): boolean {
  return table.constraints.some(
    (each) =>
      each.kind === 'foreign-key' &&
      each.references.name === wanted.references.name &&
      same(each.columns, wanted.columns),
  );
}

function index(desk: Desk, change: ChangeOf<'create-index'>): undefined {
  const table = tableOf(desk.catalog(), change.index.table);
  const { keys, unique, where } = change.index;
  if (unique && table !== undefined)
    return ensureUnique(
      desk,
      change,
      table,
      keys.flatMap(({ column }) => column ?? []),
    );
  const twin = table?.indexes.find(
    (each) =>
      each.where === where && JSON.stringify(each.keys) === JSON.stringify(keys) && each.method === change.index.method,
  );
  if (twin !== undefined)
    return desk.note(
      `${describe(change)}: there is such an index already${twin.name === undefined ? '' : `, \`${twin.name}\``}.`,
    );
  settle(desk, change);
}

function columnIn(desk: Desk, change: ChangeOf<'drop-not-null'>): Table['columns'][number] | undefined {
  const table = tableOf(desk.catalog(), change.table);
  return table === undefined ? undefined : columnOf(table, change.column);
}

export function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}
