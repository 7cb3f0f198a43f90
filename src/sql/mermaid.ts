import type { Catalog, Table } from './catalog.ts';
import type { Column, Constraint } from './change.ts';
import { display, keyOf, type ObjectName } from './name.ts';

/**
 * An entity-relationship diagram as mermaid text: the tables given (all of them without a list) and their foreign keys.
 * Tables that are only referred to appear as empty boxes. Any name is safe: tables are numbered and labelled with their
 * name, and what mermaid could read as its own syntax is replaced.
 */
export function erDiagram(catalog: Catalog, tables?: readonly ObjectName[]): string {
  const chosen =
    tables === undefined
      ? [...catalog.tables.values()]
      : tables.flatMap((name) => catalog.tables.get(keyOf(name)) ?? []);
  const drawn = new Map(chosen.map(({ name }) => [keyOf(name), name]));
  for (const { references } of chosen.flatMap(foreignKeys)) {
    if (!drawn.has(keyOf(references))) drawn.set(keyOf(references), references);
  }
  const ids = new Map([...drawn.keys()].map((key, index) => [key, `t${index + 1}`]));
  const idOf = (name: ObjectName) => ids.get(keyOf(name)) ?? 't0';

  const lines = [...drawn].map(([key, name]) =>
    box(
      idOf(name),
      name,
      chosen.find((each) => keyOf(each.name) === key),
    ),
  );
  const links = chosen.flatMap((table) =>
    foreignKeys(table).map((key) => link(table, key, idOf(table.name), idOf(key.references))),
  );
  return ['erDiagram', ...lines, ...links].join('\n');
}

type ForeignKey = Extract<Constraint, { kind: 'foreign-key' }>;

function foreignKeys(table: Table): readonly ForeignKey[] {
  return table.constraints.filter((constraint) => constraint.kind === 'foreign-key');
}

function box(id: string, name: ObjectName, table: Table | undefined): string {
  const head = `  ${id}["${label(display(name))}"]`;
  if (table === undefined || table.columns.length === 0) return head;
  const rows = table.columns.map((column) => `    ${word(column.type)} ${word(column.name)}${marks(table, column)}`);
  return [`${head} {`, ...rows, '  }'].join('\n');
}

function marks(table: Table, { name }: Column): string {
  const isIn = (kind: Constraint['kind']) =>
    table.constraints.some((each) => each.kind === kind && 'columns' in each && each.columns.includes(name));
  const keys = [
    ...(isIn('primary-key') ? ['PK'] : []),
    ...(isIn('foreign-key') ? ['FK'] : []),
    ...(isIn('unique') ? ['UK'] : []),
  ];
  return keys.length === 0 ? '' : ` ${keys.join(', ')}`;
}

/** Many rows refer to one; to none, where a column of the key may be null. */
function link(table: Table, key: ForeignKey, from: string, to: string): string {
  const optional = key.columns.some((name) => table.columns.find((column) => column.name === name)?.nullable !== false);
  return `  ${to} ${optional ? '|o' : '||'}--o{ ${from} : "${label(key.columns.join(', '))}"`;
}

/** Mermaid's attribute names and types are single words that begin with a letter, and not with what marks a key. */
function word(text: string): string {
  const safe = text.replace(/[^\p{L}\p{N}_()[\]-]+/gu, '_');
  return /^[\p{L}_]/u.test(safe) && !/^[PFU]K/i.test(safe) ? safe : `_${safe}`;
}

/** The text of a quoted label, without what mermaid reads as its own: quotes, HTML, entities, comments, control characters. */
function label(text: string): string {
  const safe = text.replace(/[^\p{L}\p{N}\p{M} _.,:()'-]/gu, '_');
  return safe.trim() === '' ? '_' : safe;
}
