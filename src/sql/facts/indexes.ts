import type { Table } from '../catalog.ts';
import type { Constraint, Deferrable, Index, IndexKey } from '../change.ts';
import { isSameExpression } from './expressions.ts';

/** A way to find rows of a table without reading all of it: an index, or the one that a key owns. */
export interface AccessPath {
  readonly name?: string;
  readonly method: string;
  readonly keys: readonly IndexKey[];
  readonly include: readonly string[];
  readonly unique: boolean;
  readonly nullsNotDistinct: boolean;
  readonly where?: string;
  /** Of a partitioned table alone: its partitions need not have it. */
  readonly only: boolean;
  readonly deferrable?: Deferrable;
  /** Owned by a primary key or unique constraint. */
  readonly ofConstraint: boolean;
}

/** Tables are never changed, so that what is known of one holds as long as it does. */
const pathsOf = new WeakMap<Table, readonly AccessPath[]>();
const bucketsOf = new WeakMap<Table, ReadonlyMap<string, readonly AccessPath[]>>();

/** Every index of a table, in the order in which they were made, those of its keys first. */
export function accessPaths(table: Table): readonly AccessPath[] {
  const known = pathsOf.get(table);
  if (known !== undefined) return known;
  const { constraints, indexes } = table;
  const paths = [
    ...constraints.flatMap((constraint) => pathOfConstraint(constraint) ?? []),
    ...indexes.map(pathOfIndex),
  ];
  pathsOf.set(table, paths);
  return paths;
}

/** Those whose first key is that of the index given, in the same order: only they can do its work, or it theirs. */
export function pathsLike(path: Pick<AccessPath, 'keys'>, table: Table): readonly AccessPath[] {
  const buckets = bucketsOf.get(table) ?? Map.groupBy(accessPaths(table), firstKey);
  bucketsOf.set(table, buckets);
  return buckets.get(firstKey(path)) ?? [];
}

/** The column, or for any expression the same text. */
function firstKey({ keys }: Pick<AccessPath, 'keys'>): string {
  return keys[0]?.column ?? '(expression)';
}

export function pathOfIndex({ name, method, keys, include, unique, nullsNotDistinct, where, only }: Index): AccessPath {
  return {
    ...(name === undefined ? {} : { name }),
    method,
    keys,
    include,
    unique,
    nullsNotDistinct: nullsNotDistinct === true,
    ...(where === undefined ? {} : { where }),
    only: only === true,
    ofConstraint: false,
  };
}

/** The index of a primary key or unique constraint; none where its columns are those of an index that is not known. */
export function pathOfConstraint(constraint: Constraint): AccessPath | undefined {
  if (constraint.kind !== 'primary-key' && constraint.kind !== 'unique') return undefined;
  if (constraint.columns.length === 0) return undefined;
  return {
    ...(constraint.name === undefined ? {} : { name: constraint.name }),
    method: 'btree',
    keys: constraint.columns.map((column) => ({ column })),
    include: constraint.include ?? [],
    unique: true,
    nullsNotDistinct: constraint.kind === 'unique' && constraint.nullsNotDistinct === true,
    only: false,
    ...(constraint.deferrable === undefined ? {} : { deferrable: constraint.deferrable }),
    ofConstraint: true,
  };
}

/** Methods that find rows by equality: GIN has no operator class for plain columns, and BRIN only passes blocks over. */
const findsEqual: ReadonlySet<string> = new Set(['btree', 'hash', 'gist', 'spgist']);

/**
 * Whether an index finds the rows with given values in all these columns: they are its leading keys, in any order (manual,
 * "Multicolumn Indexes"), or it is unique on some of them. A partial index does so where its predicate only asks that a
 * column is not null, which an equality implies.
 */
export function findsBy({ method, keys, unique, where }: AccessPath, columns: readonly string[]): boolean {
  if (!findsEqual.has(method)) return false;
  if (where !== undefined && !columns.some((column) => isSameExpression(where, `${column} IS NOT NULL`))) return false;
  const isOne = (key: IndexKey | undefined) => key?.column !== undefined && columns.includes(key.column);
  if (unique && keys.length > 0 && keys.every(isOne)) return true;
  const leading = keys.slice(0, columns.length);
  return (
    leading.length === columns.length && leading.every(isOne) && new Set(leading.map(nameOf)).size === leading.length
  );
}

/**
 * Whether whatever one index does, another does as well, so that the first only costs space and time at every write. A
 * unique index also forbids, so only another that forbids the same stands in for it.
 */
export function isCoveredBy(index: AccessPath, other: AccessPath): boolean {
  if (index.method !== other.method || index.only !== other.only) return false;
  if (!isSameExpression(index.where, other.where)) return false;
  const isExact = index.keys.length === other.keys.length;
  if (index.keys.length > other.keys.length || (!isExact && index.method !== 'btree')) return false;
  if (index.unique && !(isExact && forbidsTheSame(index, other))) return false;
  const reaches = new Set([...other.include, ...other.keys.map(nameOf)]);
  if (!index.include.every((column) => reaches.has(column))) return false;
  // An index of one key is read backwards as easily.
  if (index.keys.length === 1) return isSameKey(inOrder(index.keys[0]), inOrder(other.keys[0]));
  return index.keys.every((key, at) => isSameKey(key, other.keys[at]));
}

function forbidsTheSame(index: AccessPath, other: AccessPath): boolean {
  const isAsStrict = other.nullsNotDistinct === index.nullsNotDistinct && other.deferrable === index.deferrable;
  return other.unique && isAsStrict;
}

function isSameKey(one: IndexKey | undefined, other: IndexKey | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return (
    one.column === other.column &&
    isSameExpression(one.expression, other.expression) &&
    (one.descending === true) === (other.descending === true) &&
    one.nulls === other.nulls &&
    one.opclass === other.opclass &&
    one.collation === other.collation
  );
}

function inOrder(key: IndexKey | undefined): IndexKey | undefined {
  if (key === undefined || key.nulls !== undefined) return key;
  const { descending: _descending, ...rest } = key;
  return rest;
}

function nameOf({ column, expression }: IndexKey): string {
  return column ?? `(${expression ?? ''})`;
}

/** The keys as a person writes them: `customer_id, lower(email)`. */
export function describeKeys({ keys }: Pick<AccessPath, 'keys'>): string {
  return keys.map(({ column, expression }) => column ?? expression ?? '').join(', ');
}
