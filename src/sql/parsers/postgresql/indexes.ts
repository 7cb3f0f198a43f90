import type { IndexElem, IndexStmt, Node } from 'libpg-query';
import type { IndexKey } from '../../change.ts';
import { quoteIdentifier } from '../../quote.ts';
import { nameOf } from './names.ts';
import { allOf, as, texts } from './nodes.ts';
import { parametersIn } from './parameters.ts';
import { closing, indexAt, isToken, keywordAfter, type Read, type Reading, scan, textOf } from './reading.ts';

export function createIndex(node: IndexStmt, reading: Reading): readonly Read[] {
  const table = indexAt(reading, node.relation?.location);
  const open = scan(reading, table, (at) => isToken(reading, at, '('));
  const starts = keyStarts(reading, open);
  const where = node.whereClause === undefined ? undefined : keywordAfter(reading, open, 'where');
  return [
    {
      kind: 'create-index',
      index: {
        ...(node.idxname === undefined ? {} : { name: node.idxname }),
        table: nameOf(node.relation),
        method: node.accessMethod ?? 'btree',
        keys: allOf(node.indexParams, 'IndexElem').map((key, at) => keyOfIndex(key, reading, starts[at] ?? open + 1)),
        include: allOf(node.indexIncludingParams, 'IndexElem').flatMap(({ name }) => name ?? []),
        unique: node.unique === true,
        ...(node.nulls_not_distinct === true ? { nullsNotDistinct: true } : {}),
        ...(node.relation?.inh === true ? {} : { only: true }),
        ...parametersIn(node.options),
        ...(where === undefined ? {} : { where: textOf(reading, where + 1, reading.tokens().length) }),
      },
      concurrently: node.concurrent === true,
      ifNotExists: node.if_not_exists === true,
    },
  ];
}

function keyOfIndex(key: IndexElem, reading: Reading, start: number): IndexKey {
  const opclass = texts(key.opclass).at(-1);
  const inner = as(key.expr, 'CollateClause');
  const column = key.name ?? columnIn(inner?.arg ?? key.expr);
  const collation = key.collation ?? (column === undefined ? undefined : inner?.collname);
  return {
    ...(column === undefined ? { expression: expressionAt(reading, start) } : { column }),
    ...(collation === undefined
      ? {}
      : {
          collation: texts(collation)
            .map((part) => quoteIdentifier(part))
            .join('.'),
        }),
    ...(opclass === undefined ? {} : { opclass }),
    ...parametersIn(key.opclassopts),
    ...(key.ordering === 'SORTBY_DESC' ? { descending: true } : {}),
    ...nullsOf(key),
  };
}

/** A column in brackets, also with a collation, is no expression (PostgreSQL source, ComputeIndexAttrs). */
function columnIn(expression: Node | undefined): string | undefined {
  const [name, ...others] = texts(as(expression, 'ColumnRef')?.fields);
  return others.length === 0 ? name : undefined;
}

/** Ascending keys have NULLs last, descending ones first, unless it is said otherwise (manual, CREATE INDEX). */
function nullsOf({ ordering, nulls_ordering }: IndexElem): Pick<IndexKey, 'nulls'> {
  const isDescending = ordering === 'SORTBY_DESC';
  if (nulls_ordering === 'SORTBY_NULLS_FIRST' && !isDescending) return { nulls: 'first' };
  return nulls_ordering === 'SORTBY_NULLS_LAST' && isDescending ? { nulls: 'last' } : {};
}

/** Where each key between the parentheses begins. */
function keyStarts(reading: Reading, open: number): readonly number[] {
  const starts: number[] = [];
  const end = closing(reading, open);
  for (let at = open + 1; at < end; ) {
    starts.push(at);
    at = scan(reading, at, (index) => isToken(reading, index, ',')) + 1;
  }
  return starts;
}

/** An index expression is parenthesized or a function call (manual, CREATE INDEX), so it ends with its first bracket. */
function expressionAt(reading: Reading, start: number): string {
  const open = scan(reading, start, (at) => isToken(reading, at, '('));
  return textOf(reading, start, closing(reading, open) + 1);
}
