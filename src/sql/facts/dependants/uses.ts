import { callsFunction, castsTo, drawsFrom } from '../../apply/mentions.ts';
import { makeObjectName } from '../../apply/names.ts';
import type { Catalog } from '../../catalog.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { elementOf, spelled } from '../../type-text.ts';
import { expressionsOf } from './expressions.ts';
import { membersOf } from './extensions.ts';
import { cascaded, type Links, nameFrom, viewObject } from './links.ts';

export function* usersOfExtension(catalog: Catalog, extension: string): Links {
  const { types, functions, operatorClasses } = membersOf(extension);
  for (const name of types) yield* usersOfType(catalog, { name });
  for (const name of functions) yield* usersOfFunction(catalog, { name });
  if (operatorClasses.size === 0) return;
  for (const table of catalog.tables.values()) {
    for (const { keys, name = '' } of table.indexes) {
      const isUsed = keys.some(({ opclass = '' }) => operatorClasses.has(opclass));
      if (isUsed) yield cascaded({ kind: 'index', name: { ...table.name, name } });
    }
  }
}

export function* usersOfSequence(catalog: Catalog, sequence: ObjectName): Links {
  // A sequence that the catalog has is none of those that serial columns stand for.
  const isOwn = catalog.sequences.has(keyOf(sequence));
  for (const table of catalog.tables.values()) {
    for (const { name, default: value, identity } of table.columns) {
      const isDrawn = value !== undefined && drawsFrom(value.sql, sequence);
      const isSerial = identity === 'serial' && !isOwn && keyOf(sequenceOf(table.name, name)) === keyOf(sequence);
      if (isDrawn || isSerial) yield cascaded({ kind: 'default', of: table.name, part: name });
    }
  }
}

/** The sequence that serial and identity make (manual, "Serial Types"), as long as neither table nor column was renamed. */
export function sequenceOf(table: ObjectName, column: string): ObjectName {
  return { ...table, name: makeObjectName(table.name, column, 'seq') };
}

/** What is of the type, or casts to it. */
export function* usersOfType(catalog: Catalog, type: ObjectName): Links {
  yield* ownersOfType(catalog, type);
  for (const table of catalog.tables.values())
    for (const { sql, object } of expressionsOf(table)) if (castsTo(sql, type)) yield cascaded(object);
  for (const view of catalog.views.values()) if (castsTo(view.query, type)) yield cascaded(viewObject(view));
}

/** What is of the type: columns, domains, attributes, arguments. A table is a type too, but hardly ever one that is cast to. */
export function* ownersOfType(catalog: Catalog, type: ObjectName): Links {
  const text = spelled(type);
  // Asked of every column there is at every drop of a table, so the first letter goes first.
  const first = text.charCodeAt(0);
  const isOfType = ({ type: of }: { readonly type: string }) =>
    of.charCodeAt(0) === first && of.startsWith(text) && elementOf(of) === text;
  for (const table of catalog.tables.values()) {
    for (const column of table.columns)
      if (isOfType(column)) yield cascaded({ kind: 'column', of: table.name, part: column.name });
  }
  for (const domain of catalog.domains.values())
    if (isOfType(domain)) yield cascaded({ kind: 'type', name: domain.name });
  for (const [key, attributes] of catalog.composites) {
    for (const attribute of attributes)
      if (isOfType(attribute)) yield cascaded({ kind: 'attribute', of: nameFrom(key), part: attribute.name });
  }
  for (const [key, overloads] of catalog.functions) {
    const takesIt = overloads.some((each) => each.arguments.some((argument) => elementOf(argument) === text));
    if (takesIt) yield cascaded({ kind: 'function', name: nameFrom(key) });
  }
}

/** Of a function that has namesakes nobody can tell which one is called. */
export function* usersOfFunction(catalog: Catalog, name: ObjectName): Links {
  if ((catalog.functions.get(keyOf(name))?.length ?? 0) > 1) return;
  for (const table of catalog.tables.values()) {
    for (const trigger of table.triggers ?? []) {
      if (keyOf(trigger.function) === keyOf(name))
        yield cascaded({ kind: 'trigger', of: table.name, part: trigger.name });
    }
    for (const { sql, object } of expressionsOf(table)) if (callsFunction(sql, name)) yield cascaded(object);
  }
  for (const view of catalog.views.values()) if (callsFunction(view.query, name)) yield cascaded(viewObject(view));
}
