import type { ChangeBody } from '../../change.ts';
import { renamed } from './alter-edit.ts';
import { alterTable } from './alter-table.ts';
import { create, drop } from './create.ts';
import {
  accept,
  acceptOne,
  type Cursor,
  expect,
  isAtEnd,
  key,
  name,
  objectName,
  parts,
  refuse,
  rest,
} from './cursor.ts';
import { data, insert } from './data.ts';
import { type Reading, readings } from './reading.ts';

/** Statements that the model does not hold, by their first word. */
const others = new Set(
  'USE CALL GRANT REVOKE FLUSH SHOW DESCRIBE DESC EXPLAIN HELP PREPARE EXECUTE DEALLOCATE UNLOCK DO HANDLER SIGNAL KILL RESET PURGE CHANGE INSTALL UNINSTALL SHUTDOWN CACHE BINLOG XA VALUES TABLE'.split(
    ' ',
  ),
);

/** The changes that one statement makes. Throws `NotUnderstood` at the first place that it cannot read. */
export function readStatement(cursor: Cursor): readonly Reading[] {
  switch (key(cursor)) {
    case 'CREATE':
      cursor.at++;
      return create(cursor);
    case 'DROP':
      cursor.at++;
      return drop(cursor);
    case 'ALTER':
      return alter(cursor);
    default:
      return readings(readPlain(cursor));
  }
}

/** The changes of a statement that makes them as a whole. */
function readPlain(cursor: Cursor): readonly ChangeBody[] {
  const first = key(cursor);
  switch (first) {
    case 'RENAME':
      cursor.at++;
      return rename(cursor);
    case 'TRUNCATE':
      cursor.at++;
      accept(cursor, 'TABLE');
      return truncate(cursor);
    case 'INSERT':
    case 'REPLACE':
      return insert(cursor);
    case 'UPDATE':
    case 'DELETE':
    case 'SELECT':
    case 'WITH':
    case '(':
      return data(cursor);
    case 'LOAD':
      return load(cursor);
    case 'SET':
      cursor.at++;
      return settings(cursor);
    case 'OPTIMIZE':
    case 'ANALYZE':
    case 'REPAIR':
    case 'CHECK':
    case 'CHECKSUM':
    case 'LOCK':
      return maintain(cursor);
    default:
      return transaction(cursor) ?? (others.has(first) ? [{ kind: 'other', what: first }] : refuse(cursor));
  }
}

function truncate(cursor: Cursor): readonly ChangeBody[] {
  const table = objectName(cursor);
  if (accept(cursor, 'WAIT')) cursor.at++;
  accept(cursor, 'NOWAIT');
  if (!isAtEnd(cursor)) refuse(cursor);
  return [{ kind: 'write-data', verb: 'truncate', table }];
}

function alter(cursor: Cursor): readonly Reading[] {
  const kind = /^(?:ONLINE|IGNORE)$/.test(key(cursor, 1)) ? 'TABLE' : key(cursor, 1);
  if (kind === 'TABLE') return alterTable(cursor);
  if (kind === '') refuse(cursor);
  return readings([{ kind: 'other', what: `ALTER ${kind}` }]);
}

function rename(cursor: Cursor): readonly ChangeBody[] {
  if (acceptOne(cursor, 'TABLE', 'TABLES') === undefined) return [{ kind: 'other', what: `RENAME ${key(cursor)}` }];
  return parts(cursor).flatMap((part) => {
    accept(part, 'IF', 'EXISTS');
    const table = objectName(part);
    if (accept(part, 'WAIT')) part.at++;
    accept(part, 'NOWAIT');
    expect(part, 'TO');
    const to = objectName(part);
    if (!isAtEnd(part)) refuse(part);
    return renamed(table, to);
  });
}

function load(cursor: Cursor): readonly ChangeBody[] {
  while (!isAtEnd(cursor)) {
    if (accept(cursor, 'INTO', 'TABLE')) return [{ kind: 'write-data', verb: 'copy', table: objectName(cursor) }];
    cursor.at++;
  }
  return refuse(cursor);
}

function settings(cursor: Cursor): readonly ChangeBody[] {
  return parts(cursor).map((part): ChangeBody => {
    const scope = acceptOne(part, 'GLOBAL', 'SESSION', 'LOCAL', 'PERSIST');
    if (key(part) === 'TRANSACTION') {
      return { kind: 'set', setting: 'transaction', value: rest(part), scope: 'session' };
    }
    const first = name(part).toLowerCase();
    let setting = first.replace(/^@@/, '');
    // `@@session.sql_mode`, `@@global.sql_mode`.
    while (accept(part, '.')) setting = name(part).toLowerCase();
    accept(part, ':');
    accept(part, '=');
    const isGlobal = scope === 'GLOBAL' || scope === 'PERSIST' || first === '@@global';
    return { kind: 'set', setting: isGlobal ? `global ${setting}` : setting, value: rest(part), scope: 'session' };
  });
}

function maintain(cursor: Cursor): readonly ChangeBody[] {
  const verb = key(cursor);
  cursor.at++;
  acceptOne(cursor, 'NO_WRITE_TO_BINLOG', 'LOCAL');
  if (acceptOne(cursor, 'TABLE', 'TABLES') === undefined)
    return [{ kind: 'other', what: `${verb} ${key(cursor)}`.trim() }];
  const what = verb === 'LOCK' ? 'LOCK TABLES' : `${verb} TABLE`;
  return parts(cursor).map(
    (part): ChangeBody => ({ kind: 'maintain', what, table: objectName(part), concurrently: false }),
  );
}

function transaction(cursor: Cursor): readonly ChangeBody[] | undefined {
  if (accept(cursor, 'START', 'TRANSACTION')) return [{ kind: 'transaction', verb: 'begin' }];
  if (key(cursor) === 'BEGIN' && key(cursor, 1) === 'NOT') return [{ kind: 'other', what: 'BEGIN NOT ATOMIC' }];
  const verb = acceptOne(cursor, 'BEGIN', 'COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE')?.toLowerCase();
  if (verb === undefined) return undefined;
  if (verb === 'rollback' && /^(?:TO|WORK)$/.test(key(cursor)) && rest(cursor).toUpperCase().includes('TO')) {
    return [{ kind: 'other', what: 'ROLLBACK TO SAVEPOINT' }];
  }
  return [{ kind: 'transaction', verb: verb as 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' }];
}
