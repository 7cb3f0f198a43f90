import type { ChangeBody } from '../../change.ts';
import { createTable } from './create-table.ts';
import {
  accept,
  acceptOne,
  type Cursor,
  expect,
  ifExists,
  ifNotExists,
  isAtEnd,
  key,
  name,
  objectName,
  parentheses,
  parts,
  refuse,
  rest,
} from './cursor.ts';
import { indexKeys, indexKind, indexOf, indexOptions, method } from './indexes.ts';
import { type Reading, readings } from './reading.ts';

/** What follows CREATE. */
export function create(cursor: Cursor): readonly Reading[] {
  const replace = accept(cursor, 'OR', 'REPLACE');
  const temporary = accept(cursor, 'TEMPORARY');
  if (accept(cursor, 'TABLE')) {
    const changes = createTable(cursor, temporary);
    const [first] = changes;
    // MariaDB: the table that is there goes first, rows and all.
    if (!replace || first?.kind !== 'create-table') return readings(changes);
    return readings([{ kind: 'drop-table', table: first.table, ifExists: true, cascade: false }, ...changes]);
  }
  if (acceptOne(cursor, 'DATABASE', 'SCHEMA') !== undefined) {
    const absent = ifNotExists(cursor);
    return readings([{ kind: 'create-schema', schema: name(cursor), ifNotExists: absent }]);
  }
  const start = cursor.at;
  const unique = accept(cursor, 'UNIQUE');
  const kind = indexKind(cursor);
  if (accept(cursor, 'INDEX')) return createIndex(cursor, unique, kind);
  if (unique || kind !== undefined) refuse(cursor);
  cursor.at = start;
  return readings(createOther(cursor, replace));
}

function createIndex(cursor: Cursor, unique: boolean, kind: string | undefined): readonly Reading[] {
  const absent = ifNotExists(cursor);
  const own = name(cursor);
  const before = method(cursor);
  expect(cursor, 'ON');
  const table = objectName(cursor);
  const keys = indexKeys(cursor);
  const { method: after, online } = indexOptions(cursor);
  const index = indexOf(table, { name: own, method: kind ?? after ?? before ?? 'btree', keys }, unique);
  return readings([{ kind: 'create-index', index, concurrently: false, ifNotExists: absent }], online);
}

const others =
  'PROCEDURE FUNCTION TRIGGER EVENT USER ROLE SERVER SEQUENCE TABLESPACE LOGFILE PACKAGE SPATIAL RESOURCE'.split(' ');

/** A view, or an object that the model does not hold; DEFINER, ALGORITHM and their like may stand before its kind. */
function createOther(cursor: Cursor, replace: boolean): readonly ChangeBody[] {
  while (!isAtEnd(cursor)) {
    if (accept(cursor, 'VIEW')) {
      ifNotExists(cursor);
      const view = objectName(cursor);
      if (key(cursor) === '(') parentheses(cursor);
      expect(cursor, 'AS');
      return [{ kind: 'create-view', view, query: rest(cursor), materialized: false, replace }];
    }
    const found = acceptOne(cursor, ...others);
    if (found !== undefined) return [{ kind: 'other', what: `CREATE ${found}` }];
    cursor.at++;
  }
  return refuse(cursor);
}

/** What follows DROP. */
export function drop(cursor: Cursor): readonly Reading[] {
  const temporary = accept(cursor, 'TEMPORARY');
  const kind = acceptOne(cursor, 'TABLE', 'TABLES', 'VIEW', 'INDEX', 'DATABASE', 'SCHEMA');
  if (kind === undefined) {
    const other = acceptOne(cursor, ...others, 'PREPARE');
    return other === undefined ? refuse(cursor) : readings([{ kind: 'other', what: `DROP ${other}` }]);
  }
  const absent = ifExists(cursor);
  if (kind === 'DATABASE' || kind === 'SCHEMA')
    return readings([{ kind: 'drop-schema', schema: name(cursor), cascade: true }]);
  if (kind === 'INDEX') return dropIndex(cursor, absent);
  if (temporary) return readings([{ kind: 'other', what: 'DROP TEMPORARY TABLE' }]);
  const names = parts(cursor).map((part) => {
    const found = objectName(part);
    acceptOne(part, 'RESTRICT', 'CASCADE');
    if (accept(part, 'WAIT')) part.at++;
    accept(part, 'NOWAIT');
    if (!isAtEnd(part)) refuse(part);
    return found;
  });
  // RESTRICT and CASCADE do nothing in MySQL (manual, "DROP TABLE Statement").
  return readings(
    names.map((each) =>
      kind === 'VIEW'
        ? { kind: 'drop-view', view: each, materialized: false, cascade: false }
        : { kind: 'drop-table', table: each, ifExists: absent, cascade: false },
    ),
  );
}

function dropIndex(cursor: Cursor, absent: boolean): readonly Reading[] {
  const index = name(cursor);
  expect(cursor, 'ON');
  const table = objectName(cursor);
  const { online } = indexOptions(cursor);
  return readings(
    [
      {
        kind: 'drop-index',
        index: { name: index },
        table,
        concurrently: false,
        ifExists: absent,
        cascade: false,
      },
    ],
    online,
  );
}
