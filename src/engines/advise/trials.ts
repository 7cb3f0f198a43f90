import type { Estimate, Trial } from '../../planner/advice.ts';
import type { Index } from '../../sql/change.ts';
import { defaultSchema } from '../../sql/name.ts';
import { quoteIdentifier, quoteLiteral, quoteName } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import type { Session } from '../session.ts';
import { type Estimated, estimate, reads } from './estimate.ts';

/** A candidate that could be built, by its place among all. */
export interface Built {
  readonly at: number;
  readonly sql: string;
  /** As EXPLAIN writes it: on partitions, the names of theirs. */
  readonly names: ReadonlySet<string>;
}

/** Builds an index, or says why it cannot be. */
export async function build(
  session: Session,
  index: Index & { readonly name: string },
  at: number,
): Promise<Built | { readonly failure: string }> {
  const { schema = defaultSchema } = index.table;
  const made = await session.run(
    renderChange({
      kind: 'create-index',
      index: { ...index, table: { ...index.table, schema } },
      concurrently: false,
      ifNotExists: false,
    }),
  );
  if (!made.ok) return { failure: `${made.message} (${made.code})` };
  const sql = quoteName({ schema, name: index.name });
  const parts = await session.inspect(
    `SELECT quote_ident(c.relname) AS name FROM pg_partition_tree(${quoteLiteral(sql)}::regclass) t JOIN pg_class c ON c.oid = t.relid`,
  );
  return { at, sql, names: new Set([quoteIdentifier(index.name), ...parts.map(({ name }) => String(name))]) };
}

/**
 * The cost of a query with none of the candidates, with each by itself, with those that the planner takes when it may have
 * all, and with these but one. What is not to be there is dropped in a transaction that is rolled back: to the planner it is gone.
 */
export async function tryAll(
  session: Session,
  query: string,
  built: readonly Built[],
): Promise<{ readonly before: Estimate; readonly trials: readonly Trial[] } | { readonly failure: string }> {
  const without = async (dropped: readonly Built[]): Promise<Estimated> => {
    await session.run('BEGIN');
    for (const { sql } of dropped) await session.run(`DROP INDEX ${sql}`);
    const estimated = await estimate(session, query);
    await session.run('ROLLBACK');
    return estimated;
  };
  const usedIn = (plan: string) => built.filter(({ names }) => [...names].some((name) => reads(plan, name)));

  const before = await without(built);
  if ('failure' in before) return before;
  const trials: Trial[] = [];
  const attempt = async (there: readonly Built[]): Promise<void> => {
    const found = await without(built.filter((each) => !there.includes(each)));
    if ('failure' in found) return;
    const places = (some: readonly Built[]) => some.map(({ at }) => at);
    trials.push({
      cost: found.cost,
      rows: found.rows,
      text: found.text,
      candidates: places(there),
      used: places(usedIn(found.whole).filter((each) => there.includes(each))),
    });
  };
  for (const each of built) await attempt([each]);
  const all = await without([]);
  const together = 'failure' in all ? [] : usedIn(all.whole);
  if (together.length > 1) await attempt(together);
  // One of several may hardly matter.
  if (together.length > 2) for (const less of together) await attempt(together.filter((each) => each !== less));
  return { before: { cost: before.cost, rows: before.rows, text: before.text }, trials };
}
