import type { ChangeBody, Column, Constraint, Index } from '../../change.ts';
import {
  accept,
  type Cursor,
  expect,
  ifNotExists,
  isAtEnd,
  key,
  objectName,
  parentheses,
  parts,
  rest,
  stringLiteral,
} from './cursor.ts';
import { definition } from './definition.ts';

/** CREATE TABLE, from the table's name on (MySQL manual, "CREATE TABLE Statement"). */
export function createTable(cursor: Cursor, temporary: boolean): readonly ChangeBody[] {
  const ifAbsent = ifNotExists(cursor);
  const table = objectName(cursor);
  const columns: Column[] = [];
  const constraints: Constraint[] = [];
  const indexes: Index[] = [];
  let columnsFrom: string | undefined;

  if (key(cursor) === 'LIKE') columnsFrom = rest(cursor);
  else if (key(cursor) === '(') {
    const body = parentheses(cursor);
    if (/^(?:LIKE|SELECT|WITH|\()$/.test(key(body))) columnsFrom = rest(body);
    else {
      for (const part of parts(body)) {
        if (isPeriod(part)) continue;
        const element = definition(part, table);
        if (element.kind === 'index') indexes.push(element.index);
        else if (element.kind === 'constraint') constraints.push(element.constraint);
        else {
          columns.push(element.column);
          constraints.push(...element.constraints);
        }
      }
    }
  }

  const { comment, partitionBy, query } = tail(cursor);
  columnsFrom ??= query;
  const required = new Set(constraints.flatMap((each) => (each.kind === 'primary-key' ? each.columns : [])));
  const create: ChangeBody = {
    kind: 'create-table',
    table,
    // A primary key makes its columns NOT NULL (MySQL manual, "CREATE TABLE Statement").
    columns: columns.map((column) => (required.has(column.name) ? { ...column, nullable: false } : column)),
    constraints,
    indexes,
    ifNotExists: ifAbsent,
    temporary,
    ...(partitionBy === undefined ? {} : { partitionBy }),
    ...(columnsFrom === undefined ? {} : { columnsFrom }),
  };
  return comment === undefined ? [create] : [create, { kind: 'comment', table, comment }];
}

/** MariaDB's `PERIOD FOR SYSTEM_TIME (start, end)`. */
function isPeriod(part: Cursor): boolean {
  return key(part) === 'PERIOD' && key(part, 1) === 'FOR';
}

interface Tail {
  readonly comment?: string;
  readonly partitionBy?: string;
  readonly query?: string;
}

/** Options of the table, its partitions, and the query that fills it. Other options than the comment are the engine's affair. */
function tail(cursor: Cursor): Tail {
  let comment: string | undefined;
  while (!isAtEnd(cursor)) {
    if (accept(cursor, 'COMMENT')) {
      accept(cursor, '=');
      comment = stringLiteral(cursor);
    } else if (accept(cursor, 'PARTITION')) {
      expect(cursor, 'BY');
      return { ...(comment === undefined ? {} : { comment }), partitionBy: rest(cursor) };
    } else if (/^(?:AS|SELECT|WITH|\()$/.test(key(cursor)) && !isSystemVersioning(cursor)) {
      accept(cursor, 'AS');
      return { ...(comment === undefined ? {} : { comment }), query: rest(cursor) };
    } else if (key(cursor, 1) === '=' && key(cursor, 2) === '(') {
      cursor.at += 2;
      parentheses(cursor);
    } else cursor.at++;
  }
  return comment === undefined ? {} : { comment };
}

function isSystemVersioning(cursor: Cursor): boolean {
  return key(cursor) === 'WITH' && key(cursor, 1) === 'SYSTEM';
}
