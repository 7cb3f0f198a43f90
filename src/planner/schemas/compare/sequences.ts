import { makeObjectName } from '../../../sql/apply/names.ts';
import type { Description, SchemaObject } from '../../../sql/description.ts';
import { quoteIdentifier, quoteName } from '../../../sql/quote.ts';
import { nameOf } from '../keys.ts';
import { type Comparison, type Differences, makingOf, none, only } from './differences.ts';

/**
 * The sequence of an identity or serial column, which comes with the column under the name that PostgreSQL gives it, and gets the
 * wanted one where that is another: the column may once have been of another table, or the usual name taken.
 */
export function compareColumnSequence(after: SchemaObject, comparison: Comparison): Differences {
  const { of: column = '', key } = after;
  const before = sequencesIn(comparison.current).get(column);
  const wanted = nameOf(key.slice('sequence '.length));
  const stays = before !== undefined && isNumberedAlike(column, comparison);
  const present = stays ? nameOf(before.key.slice('sequence '.length)) : usualName(column);
  if (present.name === wanted.name && present.schema === wanted.schema) return none;
  const rename = (from: typeof present, to: typeof present) =>
    `ALTER SEQUENCE ${quoteName(from)} RENAME TO ${quoteIdentifier(to.name)}`;
  const object = { ...after, create: [rename(present, wanted)], drop: [rename(wanted, present)] };
  return only([{ kind: 'object', after: object, order: makingOf(key, comparison, [column, `numbered ${column}`]) }]);
}

const found = new WeakMap<Description, ReadonlyMap<string, SchemaObject>>();

/** The sequences that go with columns, by the keys of those: looked for anew, they would be looked for as often as there are tables. */
function sequencesIn(description: Description): ReadonlyMap<string, SchemaObject> {
  const known = found.get(description);
  if (known !== undefined) return known;
  const sequences = new Map<string, SchemaObject>();
  for (const object of description.objects.values())
    if (object.kind === 'sequence' && object.of !== undefined && !sequences.has(object.of))
      sequences.set(object.of, object);
  found.set(description, sequences);
  return sequences;
}

function isNumberedAlike(column: string, { current, desired }: Comparison): boolean {
  const [was, is] = [current, desired].map(({ catalog }) => {
    const place = column.slice('column '.length);
    const dot = place.lastIndexOf('.');
    return catalog.tables.get(place.slice(0, dot))?.columns.find(({ name }) => name === place.slice(dot + 1))?.identity;
  });
  return was === is;
}

function usualName(column: string): ReturnType<typeof nameOf> {
  const place = column.slice('column '.length);
  const dot = place.lastIndexOf('.');
  const table = nameOf(place.slice(0, dot));
  return { schema: table.schema, name: makeObjectName(table.name, place.slice(dot + 1), 'seq') };
}
