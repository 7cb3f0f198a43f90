import type { Catalog, Table } from '../../sql/catalog.ts';
import type { Column } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { forms } from './normal.ts';
import { similarTo } from './similar.ts';

/** What a catalog knows by a name that a person wrote. */
export type Found<Thing> =
  | { readonly kind: 'found'; readonly thing: Thing }
  | { readonly kind: 'ambiguous'; readonly names: readonly string[] }
  | { readonly kind: 'unknown'; readonly didYouMean: readonly string[] };

/** The table of that name: exactly, else without regard to case, word separators, and number. */
export function findTable(catalog: Catalog, written: string): Found<Table> {
  const found = tablesCalled(catalog, written);
  const [thing] = found;
  // Two schemas may hold the same name; the one on the search path is no better guess than the other.
  if (found.length > 1) return { kind: 'ambiguous', names: found.map((table) => display(table.name)) };
  if (thing !== undefined) return { kind: 'found', thing };
  return { kind: 'unknown', didYouMean: similarTo(split(written).name, tableNames(catalog)) };
}

/** Whether a table is called so, without looking for those that are called alike. */
export function isKnownTable(catalog: Catalog, written: string): boolean {
  return tablesCalled(catalog, written).length > 0;
}

function tablesCalled(catalog: Catalog, written: string): readonly Table[] {
  const { schema, name } = split(written);
  const index = indexOf(catalog);
  for (const [at, form] of forms.entries()) {
    const found = (index[at]?.get(form(name)) ?? []).filter((table) => inSchema(table, schema));
    if (found.length > 0) return found;
  }
  return [];
}

type TableIndex = readonly ReadonlyMap<string, readonly Table[]>[];
const indexes = new WeakMap<Catalog, TableIndex>();
const spellings = new WeakMap<Table, readonly string[]>();

/** Tables by each form of their name: every word of a request is looked up, and a schema may hold thousands of tables. */
function indexOf(catalog: Catalog): TableIndex {
  const known = indexes.get(catalog);
  if (known !== undefined) return known;
  const made = forms.map((_, at) => Map.groupBy(catalog.tables.values(), (table) => spellingsOf(table)[at] ?? ''));
  indexes.set(catalog, made);
  return made;
}

/** A goal changes one table of a catalog; the others keep their spellings. */
function spellingsOf(table: Table): readonly string[] {
  const known = spellings.get(table);
  if (known !== undefined) return known;
  const made = forms.map((form) => form(table.name.name));
  spellings.set(table, made);
  return made;
}

/** The column of that name in the table, by the same rules. */
export function findColumn(table: Table, written: string): Found<Column> {
  const found = firstAlike(table.columns, written, ({ name }) => name);
  const [thing] = found;
  if (found.length > 1) return { kind: 'ambiguous', names: found.map(({ name }) => name) };
  if (thing !== undefined) return { kind: 'found', thing };
  return {
    kind: 'unknown',
    didYouMean: similarTo(
      written,
      table.columns.map(({ name }) => name),
    ),
  };
}

/** The tables that have a column of that name. */
export function tablesWithColumn(catalog: Catalog, written: string): readonly Table[] {
  const wanted = forms.map((form) => form(written));
  return [...catalog.tables.values()].filter(
    (table) =>
      wanted.some((form) => columnSpellings(table).has(form)) &&
      firstAlike(table.columns, written, ({ name }) => name).length === 1,
  );
}

const columnForms = new WeakMap<Table, ReadonlySet<string>>();

/** Every form of every column's name; a table is asked for many names before it changes. */
function columnSpellings(table: Table): ReadonlySet<string> {
  const known = columnForms.get(table);
  if (known !== undefined) return known;
  const made = new Set(table.columns.flatMap(({ name }) => forms.map((form) => form(name))));
  columnForms.set(table, made);
  return made;
}

/** Every table by the name that a person would write, in order. */
export function tableNames(catalog: Catalog): readonly string[] {
  return [...catalog.tables.values()].map(({ name }) => display(name)).toSorted();
}

/** `schema.name` in its parts; more than one dot belongs to no table. */
export function split(written: string): { readonly schema?: string; readonly name: string } {
  const dot = written.indexOf('.');
  return dot <= 0 ? { name: written } : { schema: written.slice(0, dot), name: written.slice(dot + 1) };
}

function inSchema(table: Table, schema: string | undefined): boolean {
  return schema === undefined || (table.name.schema ?? 'public').toLowerCase() === schema.toLowerCase();
}

function firstAlike<Thing>(
  things: readonly Thing[],
  written: string,
  nameOf: (thing: Thing) => string,
): readonly Thing[] {
  for (const form of forms) {
    const wanted = form(written);
    const found = things.filter((thing) => form(nameOf(thing)) === wanted);
    if (found.length > 0) return found;
  }
  return [];
}
