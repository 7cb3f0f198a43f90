import type { Sequence } from '../catalog.ts';
import type { BodyOf, ChangeKind, Column } from '../change.ts';
import { sequenceOf } from '../facts/dependants/uses.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { quoteLiteral, quoteName } from '../quote.ts';
import type { Appliers } from './applier.ts';
import { takeAlong } from './cascade.ts';
import { type Draft, type Problem, putTable } from './draft.ts';
import { drawsFrom } from './mentions.ts';
import { makeObjectName } from './names.ts';
import { withColumn } from './table-edits.ts';

/**
 * The column with the default that serial stands for. Serial is a default that draws from a sequence of the column's own, and nothing
 * more (manual, "Serial Types"). A column counts as serial as long as all of that is as serial makes it, the sequence's name too; then
 * the catalog has no sequence for it.
 */
export function withoutSerial(table: ObjectName, column: Column): Column {
  if (column.identity !== 'serial') return column;
  const { identity: _identity, ...rest } = column;
  const sql = `nextval(${quoteLiteral(quoteName(sequenceOf(table, column.name)))}::regclass)`;
  return { ...rest, default: { sql, volatility: 'volatile' } };
}

/** A new serial column whose sequence cannot have the usual name has the next one that is free (PostgreSQL source, ChooseRelationName). */
export function spellOutTaken(draft: Draft, table: ObjectName, column: string): void {
  const usual = sequenceOf(table, column);
  const isTaken = (name: ObjectName) => draft.sequences.has(keyOf(name)) || draft.owners.has(keyOf(name));
  if (!isTaken(usual)) return;
  const known = draft.tables.get(keyOf(table));
  if (known?.columns.find(({ name }) => name === column)?.identity !== 'serial') return;
  let name = usual;
  for (let pass = 1; isTaken(name); pass++) name = { ...table, name: makeObjectName(table.name, column, `seq${pass}`) };
  const sql = `nextval(${quoteLiteral(quoteName(name))}::regclass)`;
  const columns = known.columns.map((each) => {
    const { identity: _identity, ...rest } = each;
    return each.name === column ? { ...rest, default: { sql, volatility: 'volatile' as const } } : each;
  });
  draft.sequences.set(keyOf(name), { name, ownedBy: { table, column } });
  putTable(draft, { ...known, columns });
}

/** Spells out a serial column: its default and its sequence, which something is about to part or to give another name. */
export function spellOutSerial(draft: Draft, table: ObjectName, column: string): void {
  const known = draft.tables.get(keyOf(table));
  const serial = known?.columns.find(({ name, identity }) => name === column && identity === 'serial');
  if (known === undefined || serial === undefined) return;
  const name = sequenceOf(known.name, column);
  draft.sequences.set(keyOf(name), { name, ownedBy: { table: known.name, column } });
  putTable(draft, {
    ...known,
    columns: known.columns.map((each) => (each === serial ? withoutSerial(known.name, each) : each)),
  });
}

const counted: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint']);

/** The other way round: a column that is all that serial makes of one, as pg_dump spells it, is serial. */
export function settleSerial(draft: Draft, table: ObjectName, column: string): void {
  const known = draft.tables.get(keyOf(table));
  const found = known?.columns.find(({ name }) => name === column);
  if (known === undefined || found?.default === undefined || found.nullable || !counted.has(found.type)) return;
  const key = keyOf(sequenceOf(known.name, column));
  const sequence = draft.sequences.get(key);
  const owner = sequence?.ownedBy;
  if (sequence === undefined || owner?.column !== column || keyOf(owner.table) !== keyOf(known.name)) return;
  if (!drawsFrom(found.default.sql, sequence.name)) return;
  draft.sequences.delete(key);
  const { default: _default, ...rest } = found;
  putTable(draft, {
    ...known,
    columns: known.columns.map((each) => (each === found ? { ...rest, identity: 'serial' } : each)),
  });
}

/** The sequences that a table's columns own go by its new name, and those of a column by the column's. */
export function followOwner(
  draft: Draft,
  from: { readonly table: ObjectName; readonly column?: string },
  to: { readonly table: ObjectName; readonly column?: string },
): void {
  for (const [key, sequence] of [...draft.sequences]) {
    const { ownedBy } = sequence;
    if (ownedBy === undefined || keyOf(ownedBy.table) !== keyOf(from.table)) continue;
    if (from.column !== undefined && ownedBy.column !== from.column) continue;
    draft.sequences.set(key, { ...sequence, ownedBy: { table: to.table, column: to.column ?? ownedBy.column } });
  }
}

/** Owned sequences go along into another schema (manual, ALTER TABLE, SET SCHEMA). */
export function moveOwned(draft: Draft, table: ObjectName, schema: string): void {
  for (const { name, ownedBy } of [...draft.sequences.values()]) {
    if (ownedBy !== undefined && keyOf(ownedBy.table) === keyOf(table)) move(draft, name, { ...name, schema });
  }
}

function setOwner(draft: Draft, { sequence, ownedBy }: BodyOf<'set-sequence-owner'>): Problem {
  spellOutOwner(draft, sequence);
  draft.sequences.set(keyOf(sequence), owned(sequence, ownedBy));
  if (ownedBy !== undefined) settleSerial(draft, ownedBy.table, ownedBy.column);
  return undefined;
}

function owned(name: ObjectName, ownedBy: Sequence['ownedBy']): Sequence {
  return { name, ...(ownedBy === undefined ? {} : { ownedBy }) };
}

/** A sequence that the catalog has not may be that of a serial column. */
function spellOutOwner(draft: Draft, sequence: ObjectName): void {
  const key = keyOf(sequence);
  if (draft.sequences.has(key)) return;
  for (const { name, columns } of [...draft.tables.values()]) {
    for (const column of columns) {
      if (column.identity === 'serial' && keyOf(sequenceOf(name, column.name)) === key)
        spellOutSerial(draft, name, column.name);
    }
  }
}

/** What draws from a sequence knows it by identity. */
export function move(draft: Draft, from: ObjectName, to: ObjectName): void {
  spellOutOwner(draft, from);
  const known = draft.sequences.get(keyOf(from));
  if (known === undefined) return;
  draft.sequences.delete(keyOf(from));
  draft.sequences.set(keyOf(to), { ...known, name: to });
  const text = quoteLiteral(quoteName(to));
  for (const { name, columns } of [...draft.tables.values()]) {
    for (const { name: column, default: value } of columns) {
      if (value === undefined || !drawsFrom(value.sql, from)) continue;
      const table = draft.tables.get(keyOf(name));
      const sql = value.sql.replace(/(nextval\s*\(\s*)'(?:[^']|'')*'/i, (_, call: string) => call + text);
      if (table !== undefined) putTable(draft, withColumn(table, column, { default: { ...value, sql } }));
    }
  }
  const owner = known.ownedBy;
  if (owner !== undefined) settleSerial(draft, owner.table, owner.column);
}

/** Sequences. Those of identity and serial columns are parts of their columns. */
export const sequenceAppliers = {
  'create-sequence': (draft, { sequence, ownedBy, ifNotExists }) => {
    if (ifNotExists && draft.sequences.has(keyOf(sequence))) return undefined;
    draft.sequences.set(keyOf(sequence), owned(sequence, ownedBy));
    return undefined;
  },
  'set-sequence-owner': setOwner,
  'rename-sequence': (draft, { sequence, to }) => {
    move(draft, sequence, to);
    return undefined;
  },
  'drop-sequence': (draft, { sequence, cascade }) => {
    takeAlong(draft, { kind: 'sequence', name: sequence }, cascade);
    draft.sequences.delete(keyOf(sequence));
    return undefined;
  },
} satisfies Partial<Appliers<ChangeKind>>;
