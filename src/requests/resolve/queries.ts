import { digest } from '../../kernel/hash.ts';
import { tableOf } from '../../sql/catalog.ts';
import { display } from '../../sql/name.ts';
import { parse } from '../../sql/parsers/index.ts';
import type { WishOf } from '../grammar/wish.ts';
import { findTable } from '../names/lookup.ts';
import { withoutFence } from '../text/fence.ts';
import type { Refused } from './choices.ts';
import type { Desk } from './desk.ts';
import { idOf } from './names.ts';

/** A slow query: without its text there is nothing to measure, and one that names unknown tables cannot be run. */
export function fulfilOptimize(desk: Desk, wish: WishOf<'optimize'>): undefined {
  const target = wish.targetMs === undefined ? '' : ` to less than ${wish.targetMs} ms`;
  const given = wish.query === undefined ? undefined : readQuery(wish.query, desk);
  const query = typeof given === 'string' ? given : askQuery(desk, wish, given);
  if (query === undefined)
    return desk.await(
      `Speed up a query${wish.about === undefined ? '' : ` of \`${wish.about}\``}${target} (which one is still to be answered).`,
    );
  for (const table of tablesOf(query, desk)) desk.touch(table);
  desk.decide(
    { kind: 'optimize', query, ...(wish.targetMs === undefined ? {} : { targetMs: wish.targetMs }) },
    `Speed up the query \`${oneLine(query)}\`${target}.`,
  );
}

function askQuery(desk: Desk, { query, about }: WishOf<'optimize'>, refused: Refused | undefined): string | undefined {
  const id =
    query === undefined
      ? `query:${about === undefined ? 'unnamed' : idOf(about)}`
      : `query:${digest(query).slice(0, 8)}`;
  const text =
    query === undefined
      ? `Which query${about === undefined ? '' : ` of \`${about}\``} is slow? Please give its SQL.`
      : `The query \`${oneLine(query)}\` cannot be used: ${refused?.refused ?? ''}. What is it?`;
  return desk.ask({ id, to: 'asker', text }, (answer) => readQuery(withoutFence(answer), desk));
}

/** The query without its terminator, if it is one query over tables that exist. */
function readQuery(sql: string, desk: Desk): string | Refused {
  const { statements, errors } = parse(sql, desk.engine);
  const [error] = errors;
  if (error !== undefined) return { refused: `line ${error.line}, column ${error.column}: ${error.message}` };
  const [statement, more] = statements;
  if (statement === undefined || more !== undefined) return { refused: 'it is not one statement' };
  const [change] = statement.changes;
  if (change?.kind !== 'query') return { refused: 'it is no query' };
  const unknown = change.tables.find(
    (name) =>
      tableOf(desk.catalog(), name) === undefined &&
      !desk.catalog().views.has(`${name.schema ?? 'public'}.${name.name}`) &&
      !/^pg_|^information_schema$/.test(name.schema ?? name.name),
  );
  if (unknown === undefined) return statement.sql;
  const found = findTable(desk.catalog(), unknown.name);
  const near =
    found.kind === 'unknown' ? found.didYouMean : found.kind === 'found' ? [display(found.thing.name)] : found.names;
  return {
    refused: `there is no table \`${display(unknown)}\`${near.length > 0 ? ` (did you mean ${near.map((name) => `\`${name}\``).join(', ')}?)` : ''}`,
  };
}

function tablesOf(query: string, desk: Desk) {
  return parse(query, desk.engine).statements.flatMap(({ changes }) =>
    changes.flatMap((change) =>
      change.kind === 'query' ? change.tables.filter((name) => tableOf(desk.catalog(), name) !== undefined) : [],
    ),
  );
}

function oneLine(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
