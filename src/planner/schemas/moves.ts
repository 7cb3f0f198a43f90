import type { Catalog, Table } from '../../sql/catalog.ts';
import type { Column } from '../../sql/change.ts';
import { display, keyOf } from '../../sql/name.ts';
import type { Answers } from './answers.ts';
import { type Link, linkBetween } from './links.ts';
import { lastPart, owner } from './name-parts.ts';

/** Columns that leave a table for another one, to whose rows its own belong one to one. */
export interface ColumnMove {
  /** As it is before, and the other as it will be. */
  readonly source: Table;
  readonly target: Table;
  readonly columns: readonly { readonly from: Column; readonly to: Column }[];
  readonly link: Link;
  /** Whether the table where they go is made by the same plan, so that its rows are made of those of the other. */
  readonly isNew: boolean;
}

/** The moves that somebody has decided on and that are not done yet, those between the same tables together. */
export function movesBetween(
  current: Catalog,
  desired: Catalog,
  { moves = new Map(), renames, schemas }: Answers,
): readonly ColumnMove[] {
  const found = [...moves].flatMap(([from, to]): readonly ColumnMove[] => {
    const [before, after] = [owner(from), owner(to)];
    // The table that columns leave may have another name by now.
    const source = current.tables.get(before) ?? current.tables.get(renamed(before, renames, schemas));
    const target = desired.tables.get(after);
    const [column, then] = [columnOf(source, lastPart(from)), columnOf(target, lastPart(to))];
    if (source === undefined || target === undefined || column === undefined || then === undefined) return [];
    if (columnOf(desired.tables.get(keyOf(source.name)), column.name) !== undefined) return [];
    const known = current.tables.get(after);
    const link = linkBetween(source, target);
    if (link === undefined || columnOf(known, then.name) !== undefined) return [];
    return [{ source, target, link, columns: [{ from: column, to: then }], isNew: known === undefined }];
  });
  const groups = Map.groupBy(found, ({ source, target }) => `${keyOf(source.name)}\0${keyOf(target.name)}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, columns: group.flatMap(({ columns }) => columns) }];
  });
}

function renamed(table: string, renames: Answers['renames'], schemas: Answers['schemas']): string {
  const dot = table.indexOf('.');
  return `${schemas?.get(table) ?? table.slice(0, dot)}.${renames.get(table) ?? table.slice(dot + 1)}`;
}

/** A column elsewhere that a column which is gone may have become: of the same name and type, new, and in a table that is linked. */
export interface Candidate {
  readonly table: Table;
  readonly column: Column;
  readonly link: Link;
}

/** Where a column of `source` may have gone; the table has the name of the desired schema. */
export function candidatesFor(source: Table, column: Column, current: Catalog, desired: Catalog): readonly Candidate[] {
  return [...desired.tables.values()].flatMap((table) => {
    if (keyOf(table.name) === keyOf(source.name) || table.partitionOf !== undefined) return [];
    const same = columnOf(table, column.name);
    if (same === undefined || same.type !== column.type) return [];
    if (columnOf(current.tables.get(keyOf(table.name)), column.name) !== undefined) return [];
    const link = linkBetween(source, table);
    // That two tables which stay both have the key "id" says nothing.
    const isChance =
      link?.refers === 'none' && current.tables.has(keyOf(table.name)) && desired.tables.has(keyOf(source.name));
    const isKey = link?.pairs.some((pair) => pair.source === column.name || pair.target === column.name);
    return link === undefined || isKey === true || isChance ? [] : [{ table, column: same, link }];
  });
}

/** What speaks for a move, in words. */
export function evidenceOf({ table, column, link }: Candidate, source: Table): string {
  const [own, other] = [display(source.name), display(table.name)];
  const list = (side: 'source' | 'target') => link.pairs.map((pair) => pair[side]).join(', ');
  const joined =
    link.refers === 'target'
      ? `${other} refers to ${own} by ${list('target')}`
      : link.refers === 'source'
        ? `${own} refers to ${other} by ${list('source')}`
        : `both have the primary key ${list('source')}`;
  return `${other}.${column.name} (of the same type, ${column.type}; ${joined})`;
}

function columnOf(table: Table | undefined, name: string): Column | undefined {
  return table?.columns.find((column) => column.name === name);
}
