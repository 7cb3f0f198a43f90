import { type Catalog, columnOf, type Table, tableOf } from '../../sql/catalog.ts';
import type { Index, IndexKey } from '../../sql/change.ts';
import type { Demand, Subject, Term } from '../../sql/demand.ts';
import { containers, prefixKey, trigrams } from './operator-classes.ts';

/** An index that may help, and what holds it back. */
export interface Candidate {
  readonly index: Index;
  /** The condition that must stand in the query with this very constant: a parameter in its place, and the index is of no use. */
  readonly constant?: string;
}

/** A covering index that repeats more than this of its table is a second table. */
const mostIncluded = 4;

/**
 * The indexes that one table could answer a demand with (the manual, "Multicolumn Indexes", "Indexes and ORDER BY", "Partial
 * Indexes", "Indexes on Expressions", "Index-Only Scans and Covering Indexes", "Operator Classes"), the plainest first. Whether
 * one pays is measured on the engine, not here.
 */
export function candidatesFor(demand: Demand, catalog: Catalog): readonly Candidate[] {
  const table = tableOf(catalog, demand.table);
  if (table === undefined) return [];
  const { terms } = demand;
  const equal = keysOf(terms, 'equal');
  const joined = distinct(keysOf(terms, 'joined'));
  const range = keysOf(terms, 'range').slice(0, 1);
  const ordered = sameDirection(demand.ordered);
  const prefixes = terms.flatMap((term) => (term.kind === 'prefix' ? [prefixKey(term.subject, table)] : []));

  // Either the table is read first, by what it is compared with, or its rows are looked up by each column that joins it.
  const bases = [
    [...equal, ...ordered],
    ...(range.length > 0 || ordered.length === 0 ? [[...equal, ...range]] : []),
    ...prefixes.map((key) => [...equal, key]),
    ...joined.map((key) => [key, ...equal]),
  ].map(distinct);
  const plain = bases.filter((keys) => keys.length > 0).map((keys) => btree(table, keys));
  return [
    ...plain.map((index) => ({ index })),
    ...partial(demand, table, catalog, plain),
    ...plain.slice(0, 1).flatMap((index) => covering(index, demand)),
    ...containers(terms, table, catalog).map((index) => ({ index })),
    ...trigrams(terms, table, catalog).map((index) => ({ index })),
  ];
}

function keysOf(terms: readonly Term[], kind: 'equal' | 'joined' | 'range'): readonly IndexKey[] {
  return terms.flatMap((term) => (term.kind === kind ? [keyOf(term.subject)] : []));
}

function keyOf({ column, expression }: Subject): IndexKey {
  return expression === undefined ? { column } : { expression };
}

function btree(table: Table, keys: readonly IndexKey[]): Index {
  return { table: table.name, method: 'btree', keys, include: [], unique: false };
}

/** A B-tree can be read backwards, so one direction for all needs no DESC. */
function sameDirection(ordered: Demand['ordered']): readonly IndexKey[] {
  const mixed = ordered.some(({ descending }) => descending !== ordered[0]?.descending);
  return ordered.map(({ column, descending }) => (mixed && descending ? { column, descending } : { column }));
}

/** A column that is compared for equality needs no place behind its first. */
function distinct(keys: readonly IndexKey[]): readonly IndexKey[] {
  const name = ({ column, expression }: IndexKey) => column ?? `(${expression})`;
  return keys.filter((key, at) => keys.findIndex((other) => name(other) === name(key)) === at);
}

/** The plain indexes again, over the rows alone for which the query's constant conditions are true. */
function partial({ terms }: Demand, table: Table, catalog: Catalog, plain: readonly Index[]): readonly Candidate[] {
  const fixed = terms.filter((term) => term.kind === 'fixed');
  const constants = terms.filter(
    (term) => term.kind === 'equal' && term.constant !== undefined && hasFewValues(term.subject, table, catalog),
  ) as readonly (Extract<Term, { kind: 'equal' }> & { readonly constant: string })[];
  const over = (
    conditions: readonly string[],
    without: readonly string[],
    more: Pick<Candidate, 'constant'>,
  ): readonly Candidate[] => {
    const where = conditions.join(' AND ');
    const rest = (plain[0]?.keys ?? []).filter(({ column }) => column === undefined || !without.includes(column));
    // An index has a key in any case: where nothing else is asked for, the primary key, by which rows can be picked off.
    const keys = rest.length > 0 ? rest : primaryKey(table);
    return keys.length === 0 ? [] : [{ index: { ...btree(table, keys), where }, ...more }];
  };
  const always = fixed.map(({ condition }) => condition);
  const columns = constants.map(({ subject }) => subject.column);
  const constant = constants.map((term) => term.constant);
  return [
    ...(always.length > 0 ? over(always, [], {}) : []),
    ...(constant.length > 0 ? over([...always, ...constant], columns, { constant: constant.join(' AND ') }) : []),
  ];
}

function primaryKey(table: Table): readonly IndexKey[] {
  const key = table.constraints.find(({ kind }) => kind === 'primary-key');
  return key?.kind === 'primary-key' ? key.columns.map((column) => ({ column })) : [];
}

/** Of a type with few values, or a check that lists them: only there is a constant of the query not an example of many. */
function hasFewValues({ column, expression }: Subject, table: Table, catalog: Catalog): boolean {
  if (expression !== undefined) return false;
  const type = columnOf(table, column)?.type ?? '';
  if (type === 'boolean' || catalog.enums.has(type) || catalog.enums.has(`public.${type}`)) return true;
  return table.constraints.some(
    (constraint) => constraint.kind === 'check' && listed.exec(constraint.expression)?.[1] === column,
  );
}

/** A check that lists values, as it is written and as the server prints it. */
const listed = /^\W*"?([a-z_][\w$]*)"?\)?(?:::[a-z ]+)?\s*(?:IN\b|= ?ANY\b)/i;

/** With everything that the query reads of the table, its rows need not be looked up where they are visible to all. */
function covering(index: Index, { columns }: Demand): readonly Candidate[] {
  if (columns === 'all' || index.keys.some(({ expression }) => expression !== undefined)) return [];
  const include = columns.filter((column) => !index.keys.some((key) => key.column === column));
  return include.length === 0 || include.length > mostIncluded ? [] : [{ index: { ...index, include } }];
}
