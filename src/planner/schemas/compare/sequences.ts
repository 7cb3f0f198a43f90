import { makeObjectName } from '../../../sql/apply/names.ts';
import type { SchemaObject } from '../../../sql/description.ts';
import { quoteIdentifier, quoteName } from '../../../sql/quote.ts';
import { nameOf } from '../keys.ts';
import { type Comparison, type Differences, makingOf, none, only } from './differences.ts';

/**
 * The sequence of an identity or serial column, which comes with the column under the name that PostgreSQL gives it, and gets the
 * wanted one where that is another: the column may once have been of another table, or the usual name taken.
 */
export function compareColumnSequence(after: SchemaObject, comparison: Comparison): Differences {
  const { of: column = '', key } = after;
  const before = [...comparison.current.objects.values()].find(({ kind, of }) => kind === 'sequence' && of === column);
  const wanted = nameOf(key.slice('sequence '.length));
  const stays = before !== undefined && isNumberedAlike(column, comparison);
  const found = stays ? nameOf(before.key.slice('sequence '.length)) : usualName(column);
  if (found.name === wanted.name && found.schema === wanted.schema) return none;
  const rename = (from: typeof found, to: typeof found) =>
    `ALTER SEQUENCE ${quoteName(from)} RENAME TO ${quoteIdentifier(to.name)}`;
  const object = { ...after, create: [rename(found, wanted)], drop: [rename(wanted, found)] };
  return only([{ kind: 'object', after: object, order: makingOf(key, comparison, [column, `numbered ${column}`]) }]);
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
