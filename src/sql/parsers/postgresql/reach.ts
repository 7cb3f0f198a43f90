import type { Node, RangeVar, SelectStmt, WithClause } from 'libpg-query';
import type { BodyOf } from '../../change.ts';
import type { RowBound } from '../../changes/queries.ts';
import { keyOf } from '../../name.ts';
import { boundsOf, queryBounds } from './bounds.ts';
import { branchesOf, noScope, relationsIn, type Scope, scopeOf } from './scope.ts';

interface Statement {
  readonly relation?: RangeVar | undefined;
  readonly withClause?: WithClause | undefined;
  readonly whereClause?: Node | undefined;
}

/** Where the rows of an UPDATE, DELETE or MERGE come from beside its table, and what bounds them. */
export function reach(
  { relation, withClause, whereClause }: Statement,
  from: readonly Node[] = [],
): Pick<BodyOf<'write-data'>, 'sources' | 'bounds'> {
  const around = scopeOf([], noScope, withClause?.ctes);
  const target: readonly Node[] = relation === undefined ? [] : [{ RangeVar: relation }];
  const sources = relationsIn(scopeOf(from, around));
  const bounds = boundsOf(whereClause, scopeOf([...target, ...from], around));
  return { ...(sources.length === 0 ? {} : { sources }), ...(bounds.length === 0 ? {} : { bounds }) };
}

/** What an INSERT writes: the rows of VALUES, or those of a query. */
export function insertedBy(
  query: SelectStmt,
  around: Scope,
): Pick<BodyOf<'write-data'>, 'values' | 'sources' | 'bounds'> {
  if (query.valuesLists !== undefined) return { values: query.valuesLists.length };
  const branches = branchesOf(query).map((branch) => ({
    branch,
    scope: scopeOf(branch.fromClause ?? [], around, [
      ...(query.withClause?.ctes ?? []),
      ...(branch.withClause?.ctes ?? []),
    ]),
  }));
  const sources = branches.flatMap(({ scope }) => relationsIn(scope));
  // The LIMIT of a UNION stands on the whole.
  const bounds = query.limitCount === undefined ? branches.map(({ branch, scope }) => queryBounds(branch, scope)) : [];
  const least = query.limitCount === undefined ? bounds.toSorted((a, b) => a.length - b.length)[0] : [limit];
  return {
    ...(sources.length === 0 ? {} : { sources: [...new Map(sources.map((name) => [keyOf(name), name])).values()] }),
    ...(least === undefined || least.length === 0 ? {} : { bounds: least }),
  };
}

const limit: RowBound = { kind: 'limit' };
