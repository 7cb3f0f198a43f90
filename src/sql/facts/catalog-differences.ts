import type { Catalog, Table } from '../catalog.ts';
import type { Column, Constraint, Index } from '../change.ts';
import { display, type ObjectName } from '../name.ts';
import { looseText } from './loose-text.ts';

/**
 * What the way back leaves different, as sentences without a full stop: `before` is what was, `between` what the migration made of
 * it, `now` what the way back made of that. Of tables that are not wholly known, only what the migration itself added counts.
 */
export function differencesLeft(before: Catalog, between: Catalog, now: Catalog): readonly string[] {
  return [
    ...keysOf(before.tables, now.tables).flatMap((key) =>
      tableDifferences(before.tables.get(key), between.tables.get(key), now.tables.get(key)),
    ),
    ...presence('view', before.views, now.views, ({ name }) => name),
    ...presence('domain', before.domains, now.domains, ({ name }) => name),
    ...presence('enum', before.enums, now.enums),
    ...presence('type', before.composites, now.composites),
  ];
}

function tableDifferences(
  before: Table | undefined,
  between: Table | undefined,
  now: Table | undefined,
): readonly string[] {
  if (before === undefined) {
    if (now === undefined || between === undefined) return [];
    if (!now.open) return [`table \`${display(now.name)}\` is still there`];
    return partDifferences({ ...now, columns: [], constraints: [], indexes: [] }, between, now);
  }
  if (now === undefined)
    return before.open && before.columns.length === 0 ? [] : [`table \`${display(before.name)}\` is missing`];
  return partDifferences(before, between, now);
}

function partDifferences(before: Table, between: Table | undefined, now: Table): readonly string[] {
  const of = `of \`${display(before.name)}\``;
  // What a table that is not wholly known had before is not known either.
  const wasAdded = (one: (table: Table) => boolean) => !now.open || (between !== undefined && one(between));
  return [
    ...before.columns.flatMap((column) => {
      const other = now.columns.find(({ name }) => name === column.name);
      if (other !== undefined) return columnDifferences(column, other, of);
      return now.open ? [] : [`column \`${column.name}\` ${of} is missing`];
    }),
    ...now.columns
      .filter(({ name }) => !has(before.columns, name) && wasAdded((table) => has(table.columns, name)))
      .map(({ name }) => `column \`${name}\` ${of} is still there`),
    ...listDifferences('constraint', before.constraints, now.constraints, constraintText, of, (name) =>
      wasAdded((table) => has(table.constraints, name)),
    ),
    ...listDifferences('index', before.indexes, now.indexes, indexText, of, (name) =>
      wasAdded((table) => has(table.indexes, name)),
    ),
  ];
}

function columnDifferences(before: Column, now: Column, of: string): readonly string[] {
  const named = `column \`${before.name}\` ${of}`;
  if (before.type !== now.type) return [`${named} is ${now.type} instead of ${before.type}`];
  if (before.nullable !== now.nullable) return [`${named} is ${now.nullable ? 'nullable' : 'NOT NULL'} now`];
  const [was, is] = [before.default?.sql, now.default?.sql];
  if (looseText(was) === looseText(is)) return [];
  return [`${named} has ${is === undefined ? 'no default' : `the default ${is}`} instead of ${was ?? 'none'}`];
}

/** By name and by what they say; NOT NULL is a fact of the column. */
function listDifferences<Item extends Constraint | Index>(
  what: string,
  before: readonly Item[],
  now: readonly Item[],
  text: (item: Item) => string,
  of: string,
  wasAdded: (name: string | undefined) => boolean,
): readonly string[] {
  const [was, is] = [byName(before), byName(now)];
  const missing = [...was].filter(([name]) => !is.has(name)).map(([name]) => `${what} \`${name}\` ${of} is missing`);
  const left = [...is]
    .filter(([name]) => !was.has(name) && wasAdded(name))
    .map(([name]) => `${what} \`${name}\` ${of} is still there`);
  const changed = [...was].flatMap(([name, item]) => {
    const other = is.get(name);
    return other === undefined || text(item) === text(other) ? [] : [`${what} \`${name}\` ${of} is another one`];
  });
  return [...missing, ...left, ...changed];
}

function byName<Item extends Constraint | Index>(items: readonly Item[]): ReadonlyMap<string, Item> {
  const named = new Map<string, Item>();
  for (const item of items) {
    if ('kind' in item && item.kind === 'not-null') continue;
    if (item.name !== undefined) named.set(item.name, item);
  }
  return named;
}

function constraintText(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
      return `${constraint.kind} ${constraint.columns.join()}`;
    case 'foreign-key':
      return `${constraint.kind} ${constraint.columns.join()} ${display(constraint.references)} ${constraint.onDelete ?? ''}`;
    case 'check':
      return `check ${looseText(constraint.expression)}`;
    case 'not-null':
    case 'exclusion':
      return constraint.kind;
  }
}

function indexText({ keys, unique, where }: Index): string {
  return `${unique} ${keys.map(({ column, expression }) => column ?? looseText(expression)).join()} ${looseText(where)}`;
}

function presence<Value>(
  what: string,
  before: ReadonlyMap<string, Value>,
  now: ReadonlyMap<string, Value>,
  nameOf?: (value: Value) => ObjectName,
): readonly string[] {
  return keysOf(before, now).flatMap((key) => {
    const [was, is] = [before.get(key), now.get(key)];
    const value = was ?? is;
    if ((was === undefined) === (is === undefined) || value === undefined) return [];
    const name = nameOf === undefined ? key.replace(/^public\./, '') : display(nameOf(value));
    return [`${what} \`${name}\` is ${was === undefined ? 'still there' : 'missing'}`];
  });
}

function keysOf(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])];
}

function has(items: readonly { readonly name?: string }[], name: string | undefined): boolean {
  return items.some((item) => item.name === name);
}
