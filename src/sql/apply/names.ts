import type { Catalog, Table } from '../catalog.ts';
import type { Constraint, Index } from '../change.ts';
import { type Draft, indexKey } from './draft.ts';
import { exclusionKeys, expressionName } from './expression-names.ts';
import { columnsIn } from './mentions.ts';
import { mysqlConstraintName, mysqlIndexName } from './mysql-names.ts';

/** PostgreSQL cuts identifiers at 63 bytes (manual, "Lexical Structure": NAMEDATALEN - 1). */
export const maxBytes = 63;

/** The name that the engine gives to a constraint without one. */
export function constraintName(draft: Draft, table: Table, constraint: Constraint): string {
  if (draft.engine === 'mysql' || draft.engine === 'mariadb') return mysqlConstraintName(table, constraint);
  return freeName(draft, table, ...partsOf(table, constraint));
}

/**
 * The name that PostgreSQL gives to a constraint without one; `undefined` where another object has that name, or the table is not
 * known well enough to tell.
 */
export function undisputedName(catalog: Catalog, table: Table, constraint: Constraint): string | undefined {
  if (table.open) return undefined;
  const name = makeObjectName(table.name.name, ...partsOf(table, constraint));
  const key = indexKey(table.name, name);
  const isTaken =
    catalog.tables.has(key) ||
    catalog.views.has(key) ||
    catalog.owners?.has(key) === true ||
    table.constraints.some((each) => each.name === name);
  return isTaken ? undefined : name;
}

/** The name that the engine gives to an index without one. */
export function indexName(draft: Draft, table: Table, index: Index): string {
  if (draft.engine === 'mysql' || draft.engine === 'mariadb') return mysqlIndexName(table, index);
  const keys = index.keys.map(({ column, expression }) => column ?? expressionName(expression ?? ''));
  return freeName(draft, table, numbered([...keys, ...index.include]).join('_'), 'idx');
}

/** What follows the table's name (PostgreSQL source: ChooseIndexName, ChooseConstraintName and their callers). */
function partsOf(table: Table, constraint: Constraint): readonly [string, string] {
  switch (constraint.kind) {
    case 'primary-key':
      return ['', 'pkey'];
    case 'unique':
      return [numbered([...constraint.columns, ...(constraint.include ?? [])]).join('_'), 'key'];
    case 'foreign-key':
      return [constraint.columns.join('_'), 'fkey'];
    case 'not-null':
      return [constraint.column, 'not_null'];
    case 'exclusion':
      return [numbered(exclusionKeys(constraint.definition)).join('_'), 'excl'];
    case 'check': {
      // Only a check on exactly one column bears its name.
      const columns = columnsIn(
        constraint.expression,
        table.columns.map(({ name }) => name),
      );
      return [columns.length === 1 ? (columns[0] ?? '') : '', 'check'];
    }
  }
}

/** The first of `table_middle_label`, `table_middle_label1`, ... that no relation or constraint of the schema has. */
function freeName(draft: Draft, table: Table, middle: string, label: string): string {
  const first = makeObjectName(table.name.name, middle, label);
  const isFirst = ({ name }: { readonly name?: string }) => name === first;
  if (isFree(draft, table, first) && !table.constraints.some(isFirst) && !table.indexes.some(isFirst)) return first;
  const own = new Set([...table.constraints, ...table.indexes].map(({ name }) => name));
  for (let pass = 1; ; pass++) {
    const name = makeObjectName(table.name.name, middle, `${label}${pass}`);
    if (!own.has(name) && isFree(draft, table, name)) return name;
  }
}

function isFree(draft: Draft, table: Table, name: string): boolean {
  const key = indexKey(table.name, name);
  const isRelation =
    draft.tables.has(key) || draft.views.has(key) || draft.sequences.has(key) || draft.composites.has(key);
  return !isRelation && !draft.owners.has(key);
}

/** PostgreSQL's makeObjectName: the longer of the two names gives way until all fits. */
export function makeObjectName(first: string, second: string, label: string): string {
  const overhead = (second === '' ? 0 : 1) + 1 + Buffer.byteLength(label);
  let firstBytes = Buffer.byteLength(first);
  let secondBytes = Buffer.byteLength(second);
  while (firstBytes + secondBytes > maxBytes - overhead) {
    if (firstBytes > secondBytes) firstBytes--;
    else secondBytes--;
  }
  return [clip(first, firstBytes), ...(second === '' ? [] : [clip(second, secondBytes)]), label].join('_');
}

/** At most that many bytes of UTF-8, and only whole characters. */
export function clip(text: string, bytes: number): string {
  let length = 0;
  let clipped = '';
  for (const char of text) {
    length += Buffer.byteLength(char);
    if (length > bytes) break;
    clipped += char;
  }
  return clipped;
}

/** Columns of the same name get numbers (PostgreSQL source, ChooseIndexColumnNames). */
function numbered(names: readonly string[]): readonly string[] {
  const seen: string[] = [];
  for (const name of names) {
    let unique = name;
    for (let number = 1; seen.includes(unique); number++) unique = `${name}${number}`;
    seen.push(unique);
  }
  return seen;
}
