import type { Catalog, Table, View } from '../../../src/sql/catalog.ts';
import type { Index } from '../../../src/sql/change.ts';
import { keyOf } from '../../../src/sql/name.ts';

/**
 * A catalog without what is only another way of writing the same: names in `public` may be qualified, PostgreSQL prints expressions
 * with every parenthesis and cast, and parts that have names have no order. The text of a view is left out, for it is printed anew.
 */
export function comparable(catalog: Catalog): unknown {
  const { settings: _settings, tables, views, functions, domains, ...rest } = catalog;
  return plain({
    ...rest,
    // Whether a function was made OR REPLACE is no more to be seen.
    functions: sorted(
      [...functions].map(([key, all]) => [
        key,
        all
          .map(({ replace: _replace, ...one }) => one)
          .toSorted((a, b) => (`${a.arguments}` < `${b.arguments}` ? -1 : 1)),
      ]),
    ),
    domains: sorted([...domains].map(([key, domain]) => [key, { ...domain, checks: byName(domain.checks) }])),
    tables: sorted([...tables].map(([key, table]) => [key, comparableTable(table)])),
    views: sorted([...views].map(([key, view]) => [key, comparableView(view, catalog)])),
  });
}

function comparableTable({ constraints, indexes, triggers, policies, ...table }: Table) {
  return {
    ...table,
    // A column says by itself that it is NOT NULL.
    constraints: byName(
      constraints.filter(({ kind, ...each }) => kind !== 'not-null' || !('validated' in each && each.validated)),
    ),
    indexes: comparableIndexes(indexes),
    triggers: byName((triggers ?? []).map(withSorted('columns'))),
    policies: byName((policies ?? []).map(withSorted('roles'))),
  };
}

/** Once every partition has one attached, ON ONLY is nothing any more that an index is. */
function comparableIndexes(indexes: readonly Index[] = []) {
  return byName(indexes.map(({ only, ...index }) => (index.invalid === true ? { ...index, only } : index)));
}

function comparableView({ query: _query, uses, indexes, ...view }: View, { tables, views }: Catalog) {
  const columnsOf = (key: string) => tables.get(key)?.columns.map(({ name }) => name) ?? views.get(key)?.columns ?? [];
  return {
    ...view,
    indexes: comparableIndexes(indexes),
    uses: uses
      ?.map(({ relation, columns }) => ({
        relation: keyOf(relation),
        columns: [...(columns === 'all' ? columnsOf(keyOf(relation)) : columns)].sort(),
      }))
      .sort((one, other) => (one.relation < other.relation ? -1 : 1)),
  };
}

/** What is a list without being in an order. */
function withSorted<Key extends string>(key: Key) {
  return <Part extends { readonly [Each in Key]?: readonly string[] }>(part: Part) => ({
    ...part,
    [key]: part[key]?.toSorted(),
  });
}

function byName<Named extends { readonly name?: string }>(parts: readonly Named[]): readonly Named[] {
  return parts.toSorted((one, other) => ((one.name ?? '') < (other.name ?? '') ? -1 : 1));
}

function sorted<Value>(entries: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value> {
  return new Map(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Everything below in one spelling: `public` is what an unqualified name means, and a function is volatile that does not say so. */
function plain(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return isText(key) ? spelling(value) : value;
  if (value instanceof Set) return new Set([...value].sort());
  if (value instanceof Map) return new Map([...value].sort().map(([name, each]) => [name, plain(each, key)]));
  if (Array.isArray(value)) return value.map((each) => plain(each, key));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, each]) =>
      each !== undefined &&
      !(name === 'schema' && each === 'public') &&
      !(name === 'volatility' && each === 'volatile'),
  );
  return Object.fromEntries(entries.map(([name, each]) => [name, plain(each, name)]));
}

function isText(key: string): boolean {
  return ['sql', 'expression', 'where', 'using', 'withCheck', 'definition', 'partitionBy'].includes(key);
}

const cast =
  /::(?:"?\w+"?\.)?(?:time(?:stamp)?(?:\(\d\))? with(?:out)? time zone|character varying|double precision|"[^"]+"|\w+)(?:\([\d, ]+\))?(?:\[\])*/g;

function spelling(sql: string): string {
  return sql
    .replace(cast, '')
    .replace(/\bpublic\./g, '')
    .replace(/[\s()]/g, '')
    .toLowerCase()
    .replace(/=anyarray\[([^\]]*)\]/g, 'in$1')
    .replaceAll('!=', '<>')
    .replaceAll('~~', 'like');
}
