import type { BodyOf, ChangeBody } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import {
  accept,
  acceptOne,
  type Cursor,
  isAtEnd,
  key,
  NotUnderstood,
  name,
  objectName,
  parentheses,
  peek,
  refuse,
  textBetween,
} from './cursor.ts';
import { treeOf } from './library.ts';

type Verb = BodyOf<'write-data'>['verb'];

/** A statement beyond this size is rows, not logic; the library would take seconds over it. */
const MAX_LIBRARY = 50_000;

/** INSERT and REPLACE: the table is all that matters, and the rows may be many, so the words before it are enough. */
export function insert(cursor: Cursor): readonly ChangeBody[] {
  cursor.at++;
  while (acceptOne(cursor, 'LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY', 'IGNORE') !== undefined);
  accept(cursor, 'INTO');
  const table = objectName(cursor);
  if (accept(cursor, 'PARTITION')) parentheses(cursor);
  if (key(cursor) === '(') parentheses(cursor);
  if (!/^(?:VALUES?|SET|SELECT|WITH|TABLE|AS|\()$/.test(key(cursor))) refuse(cursor);
  return [{ kind: 'write-data', verb: 'insert', table }];
}

/** UPDATE, DELETE and queries, through node-sql-parser. What it does not know but one table shows is read from its words. */
export function data(cursor: Cursor): readonly ChangeBody[] {
  const first = cursor.tokens[cursor.at]?.start ?? 0;
  const sql = textBetween(cursor, cursor.at, cursor.end);
  const tree = sql.length > MAX_LIBRARY ? undefined : treeOf(sql, cursor.engine);
  if (tree !== undefined) {
    const verb = verbOf(tree.tableList);
    const tables = tree.tableList.map(tableOf);
    if (verb === undefined) return [{ kind: 'query', tables }];
    const condition = whereOf(cursor);
    return tree.tableList
      .filter((entry) => entry.startsWith(`${verb}::`))
      .map((entry) => writing(verb, tableOf(entry), condition));
  }
  const start = cursor.at;
  const plain = plainWrite(cursor);
  cursor.at = start;
  if (plain !== undefined) return [plain];
  throw new NotUnderstood(`not understood: this ${key(cursor)} could not be read`, first);
}

function verbOf(tableList: readonly string[]): Verb | undefined {
  if (tableList.some((entry) => entry.startsWith('update::'))) return 'update';
  return tableList.some((entry) => entry.startsWith('delete::')) ? 'delete' : undefined;
}

/** The library's `verb::database::table`. */
function tableOf(entry: string): ObjectName {
  const [, schema = 'null', ...rest] = entry.split('::');
  const table = rest.join('::');
  return schema === 'null' ? { name: table } : { schema, name: table };
}

function writing(verb: Verb, table: ObjectName, where: string | undefined): ChangeBody {
  return { kind: 'write-data', verb, table, ...(where === undefined ? {} : { where }) };
}

/** `UPDATE table [alias] SET` or `DELETE FROM table`: one table, named where it must be. */
function plainWrite(cursor: Cursor): ChangeBody | undefined {
  const verb = acceptOne(cursor, 'UPDATE', 'DELETE')?.toLowerCase() as 'update' | 'delete' | undefined;
  if (verb === undefined) return undefined;
  while (acceptOne(cursor, 'LOW_PRIORITY', 'QUICK', 'IGNORE') !== undefined);
  if (verb === 'delete' && !accept(cursor, 'FROM')) return undefined;
  const table = objectName(cursor);
  if (verb === 'update') {
    accept(cursor, 'AS');
    if (key(cursor) !== 'SET') name(cursor);
    if (key(cursor) !== 'SET') return undefined;
  } else if (!isAtEnd(cursor) && !/^(?:WHERE|ORDER|LIMIT|RETURNING)$/.test(key(cursor))) return undefined;
  return writing(verb, table, whereOf(cursor));
}

/** The condition of the statement itself, as written: that of a subquery stands in parentheses. */
function whereOf(cursor: Cursor): string | undefined {
  const view: Cursor = { ...cursor };
  let from: number | undefined;
  while (peek(view) !== undefined) {
    const word = key(view);
    if (word === '(') {
      parentheses(view);
      continue;
    }
    if (from === undefined && word === 'WHERE') from = view.at + 1;
    else if (
      from !== undefined &&
      (word === 'LIMIT' || word === 'RETURNING' || (word === 'ORDER' && key(view, 1) === 'BY'))
    )
      break;
    view.at++;
  }
  return from === undefined ? undefined : textBetween(view, from, view.at);
}
