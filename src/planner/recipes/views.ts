import type { Catalog } from '../../sql/catalog.ts';
import { tokensOf } from '../../sql/lex.ts';
import { display, type ObjectName } from '../../sql/name.ts';

/**
 * Views whose query uses the table, and the column where one is given, by the words of their text. `SELECT *` counts as every
 * column. Errs on the careful side: a view that only looks alike is named too.
 */
export function viewsOn(catalog: Catalog, table: ObjectName, column?: string): readonly string[] {
  return [...catalog.views.values()]
    .filter(({ query }) => {
      const words = wordsOf(query);
      return words.has(table.name) && (column === undefined || words.has(column) || words.has('*'));
    })
    .map(({ name }) => `view ${display(name)}`);
}

function wordsOf(sql: string): ReadonlySet<string> {
  const words = tokensOf(sql).flatMap(({ kind, start, end }) => {
    const text = sql.slice(start, end);
    if (kind === 'word') return [text.toLowerCase()];
    if (kind === 'name') return [text.slice(1, -1).replaceAll('""', '"')];
    return text === '*' ? ['*'] : [];
  });
  return new Set(words);
}
