import type { Catalog } from '../../sql/catalog.ts';
import type { Subject } from '../../sql/demand.ts';
import { display, keyOf, type ObjectName } from '../../sql/name.ts';
import { demandsOf } from '../../sql/parsers/postgresql/demands.ts';
import type { Advice } from '../advice.ts';
import type { Optimize } from '../recipes/optimize.ts';

/** What the figures rest on without anybody having said it, a sentence each. */
export function unknownOf({ query }: Optimize, advice: Advice, catalog: Catalog): readonly string[] {
  const { tables } = advice;
  const { values, bounds, nulls, contents } = assumptions(query, advice, catalog);
  const shown = (key: string) => display(catalog.tables.get(key)?.name ?? { name: key });
  return [
    ...tables
      .filter(({ assumed }) => assumed)
      .map(
        ({ table, rows }) =>
          `How many rows ${shown(table)} has: the configuration has no size for it, so ${rows.toLocaleString('en')} are assumed.`,
      ),
    ...tables
      .filter(({ sampled }) => sampled === 0)
      .map(
        ({ table }) => `How wide the rows of ${shown(table)} are: none could be made up, so 100 to a page are assumed.`,
      ),
    ...about(
      values,
      'How many different values there are of',
      '200 are assumed, as PostgreSQL does, each as frequent as the others',
    ),
    ...about(
      bounds,
      'Which part of the rows is within the bounds on',
      "PostgreSQL's own assumption stands: a third or a half for one bound, half a percent for two or for a prefix",
    ),
    ...about(nulls, 'How often NULL stands in', 'half of the rows are assumed'),
    ...about(
      contents,
      'Which part of the rows is found by what is in',
      "PostgreSQL's own assumption stands, of one percent or less",
    ),
    'How values are really distributed: they are taken to be equally frequent, not to depend on each other, and to be spread over the whole table; rows are taken to be as wide as made-up ones.',
    "How the server is set up: the planner's settings are PostgreSQL's defaults, and no parallel workers. Costs are no milliseconds.",
  ];
}

function about(names: ReadonlySet<string>, what: string, assumed: string): readonly string[] {
  return names.size === 0 ? [] : [`${what} ${[...names].join(', ')}: ${assumed}.`];
}

function assumptions(query: string, { distinct }: Advice, catalog: Catalog) {
  const found = {
    values: new Set<string>(),
    bounds: new Set<string>(),
    nulls: new Set<string>(),
    contents: new Set<string>(),
  };
  for (const { table, terms } of demandsOf(query, catalog) ?? []) {
    for (const term of terms) {
      switch (term.kind) {
        case 'equal':
        case 'joined':
          if (!isKnown(table, term.subject)) found.values.add(nameOf(table, term.subject));
          break;
        case 'range':
        case 'prefix':
          found.bounds.add(nameOf(table, term.subject));
          break;
        case 'fixed':
          if (term.condition.endsWith(' NULL')) found.nulls.add(nameOf(table, term));
          break;
        default:
          found.contents.add(nameOf(table, term.subject));
      }
    }
  }
  return found;

  function isKnown(table: ObjectName, { column, expression }: Subject): boolean {
    if (expression !== undefined) return false;
    return distinct[`${keyOf(table)}.${column}`] !== undefined || isUnique(table, column, catalog);
  }
}

function isUnique(table: ObjectName, column: string, catalog: Catalog): boolean {
  const known = catalog.tables.get(keyOf(table));
  const isIt = (columns: readonly (string | undefined)[]) => columns.length === 1 && columns[0] === column;
  return (
    known !== undefined &&
    (known.indexes.some(
      ({ unique, where, keys }) => unique && where === undefined && isIt(keys.map((key) => key.column)),
    ) ||
      known.constraints.some(
        (constraint) => (constraint.kind === 'primary-key' || constraint.kind === 'unique') && isIt(constraint.columns),
      ))
  );
}

function nameOf(
  table: ObjectName,
  { column, expression }: { readonly column: string; readonly expression?: string },
): string {
  return expression === undefined ? `${display(table)}.${column}` : `${expression} of ${display(table)}`;
}
