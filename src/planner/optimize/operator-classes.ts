import { type Catalog, columnOf, type Table } from '../../sql/catalog.ts';
import type { Index, IndexKey } from '../../sql/change.ts';
import type { Subject, Term } from '../../sql/demand.ts';

/**
 * A text column by characters: outside the "C" locale only such an index finds what begins with a text (the manual,
 * "Operator Classes and Operator Families").
 */
export function prefixKey({ column, expression }: Subject, table: Table): IndexKey {
  const type = columnOf(table, column)?.type ?? '';
  if (expression !== undefined) return { expression, opclass: 'text_pattern_ops' };
  if (type.startsWith('character varying')) return { column, opclass: 'varchar_pattern_ops' };
  return { column, opclass: /^(?:character|bpchar)\b/.test(type) ? 'bpchar_pattern_ops' : 'text_pattern_ops' };
}

/**
 * GIN on what holds several things: arrays, documents, text search vectors (the manual, "GIN Indexes", "jsonb Indexing").
 * `jsonb_path_ops` is smaller, and knows `@>`, `@?` and `@@` alone.
 */
export function containers(terms: readonly Term[], table: Table, catalog: Catalog): readonly Index[] {
  return terms.flatMap((term) => {
    if (term.kind !== 'contains') return [];
    const { column, expression } = term.subject;
    const type = columnOf(table, column)?.type ?? '';
    if (expression !== undefined)
      return /^to_tsvector\s*\(\s*'/i.test(expression) ? [gin(table, [{ expression }])] : [];
    if (type === 'tsvector' || type.endsWith('[]')) return [gin(table, [{ column }])];
    if (type !== 'jsonb')
      return catalog.extensions.has('hstore') && type === 'hstore' ? [gin(table, [{ column }])] : [];
    const byPath = ['@>', '@?', '@@'].includes(term.operator);
    return [gin(table, [byPath ? { column, opclass: 'jsonb_path_ops' } : { column }])];
  });
}

/** Trigrams, where the schema has their extension: the only index for a text that is anywhere in another. */
export function trigrams(terms: readonly Term[], table: Table, catalog: Catalog): readonly Index[] {
  if (!catalog.extensions.has('pg_trgm')) return [];
  const opclass = 'gin_trgm_ops';
  return terms.flatMap((term) => {
    if (term.kind !== 'pattern') return [];
    const { column, expression } = term.subject;
    return [gin(table, [expression === undefined ? { column, opclass } : { expression, opclass }])];
  });
}

function gin(table: Table, keys: readonly IndexKey[]): Index {
  return { table: table.name, method: 'gin', keys, include: [], unique: false };
}
