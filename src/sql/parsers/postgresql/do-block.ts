import type { DoStmt, Node } from 'libpg-query';
import { utf16Offsets } from '../../positions.ts';
import { isTooDeep } from './depth.ts';
import { isRefusal, plpgsqlOf, treesOf } from './library.ts';
import { allOf, as, visit } from './nodes.ts';
import { lazyTokens, type Read, type Reading } from './reading.ts';

type ReadStatement = (tree: Node, reading: Reading) => readonly Read[];

/**
 * DO runs procedural code. The SQL statements that stand in its body are read as if all of them ran, whatever the conditions
 * around them: a review must see what can happen. A body that cannot be read is `other` as a whole, and so is each `EXECUTE`,
 * whose statement is only put together at run time.
 */
export function doBlock(node: DoStmt, reading: Reading, read: ReadStatement): readonly Read[] {
  const options = allOf(node.args, 'DefElem');
  const text = (name: string) => as(options.find(({ defname }) => defname === name)?.arg, 'String')?.sval;
  const isReadable = (text('language') ?? 'plpgsql') === 'plpgsql' && !isTooDeep(text('as') ?? '');
  const body = isReadable ? plpgsqlOf(reading.sql) : undefined;
  if (body === undefined) return [{ kind: 'other', what: 'DO' }];

  const reads: Read[] = [];
  visit(body, (kind, value) => {
    if (kind === 'PLpgSQL_stmt_dynexecute') reads.push({ kind: 'other', what: 'EXECUTE' });
    if (kind === 'PLpgSQL_stmt_execsql') reads.push(...statementsOf(queryIn(value), reading, read));
  });
  return reads;
}

function queryIn({ sqlstmt }: Record<string, unknown>): string {
  const expression = sqlstmt as { readonly PLpgSQL_expr?: { readonly query?: string } } | undefined;
  return expression?.PLpgSQL_expr?.query ?? '';
}

/** The body's own places are lost, so the changes stand where the whole DO stands. */
function statementsOf(sql: string, outer: Reading, read: ReadStatement): readonly Read[] {
  const trees = treesOf(sql);
  if (isRefusal(trees)) return [{ kind: 'other', what: 'DO' }];
  const offset = utf16Offsets(sql);
  const reading: Reading = {
    sql,
    tokens: lazyTokens(sql),
    offset: (location) => offset(location ?? 0),
    span: () => outer.span(0, outer.sql.length),
  };
  return (trees.stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : read(stmt, reading)));
}
