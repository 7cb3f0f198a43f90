import type { CreateTableAsStmt, RangeVar, SelectStmt, ViewStmt } from 'libpg-query';
import { nameOf } from './names.ts';
import { as, texts } from './nodes.ts';
import { outputOf } from './query-output.ts';
import { usesOf } from './query-uses.ts';
import { indexAt, keywordAfter, type Read, type Reading, textOf } from './reading.ts';
import { traitsOf } from './traits.ts';

export function createView(node: ViewStmt, reading: Reading): readonly Read[] {
  return [
    {
      kind: 'create-view',
      view: nameOf(node.view),
      query: queryText(node.view, reading),
      materialized: false,
      replace: node.replace === true,
      ...factsOf(as(node.query, 'SelectStmt'), texts(node.aliases), reading),
    },
  ];
}

export function createMaterializedView(node: CreateTableAsStmt, reading: Reading): readonly Read[] {
  return [
    {
      kind: 'create-view',
      view: nameOf(node.into?.rel),
      query: queryText(node.into?.rel, reading),
      materialized: true,
      replace: false,
      ...(node.if_not_exists === true ? { ifNotExists: true } : {}),
      ...(node.into?.skipData === true ? { empty: true } : {}),
      ...factsOf(as(node.query, 'SelectStmt'), texts(node.into?.colNames), reading),
    },
  ];
}

/** Names that the statement gives go before those of the query; there may be fewer of them (manual, CREATE VIEW). */
function factsOf(query: SelectStmt | undefined, given: readonly string[], reading: Reading) {
  if (query === undefined) return {};
  const output = outputOf(query);
  // A relation among the first ones hides how many columns the given names are for.
  const isCounted = output?.slice(0, given.length).every((column) => typeof column === 'string') === true;
  const columns = isCounted ? [...given, ...(output ?? []).slice(given.length)] : undefined;
  return {
    ...(columns === undefined ? {} : { columns }),
    uses: usesOf(query),
    ...traitsOf({ SelectStmt: query }, reading),
  };
}

/** The query with the WITH clauses of the view that may follow it. */
function queryText(relation: RangeVar | undefined, reading: Reading): string {
  const as = keywordAfter(reading, indexAt(reading, relation?.location), 'as') ?? 0;
  return textOf(reading, as + 1, reading.tokens().length);
}
