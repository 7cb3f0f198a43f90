import type { Index, OnlineClauses } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import {
  accept,
  acceptOne,
  type Cursor,
  ifNotExists,
  isAtEnd,
  key,
  name,
  parentheses,
  parts,
  refuse,
  rest,
  stringLiteral,
} from './cursor.ts';

/** What stands between the kind of an index and its options: `[IF NOT EXISTS] [name] [USING method] (keys)`. */
export interface IndexBody {
  readonly name?: string;
  readonly method: string;
  readonly keys: Index['keys'];
}

export function indexBody(cursor: Cursor, kind: string | undefined): IndexBody {
  ifNotExists(cursor);
  const named = key(cursor) === '(' || key(cursor) === 'USING' || key(cursor) === 'TYPE' ? undefined : name(cursor);
  const before = method(cursor);
  const keys = indexKeys(cursor);
  const after = indexOptions(cursor).method;
  return { ...(named === undefined ? {} : { name: named }), method: kind ?? after ?? before ?? 'btree', keys };
}

/** The word before INDEX that makes it another kind of index. */
export function indexKind(cursor: Cursor): string | undefined {
  return acceptOne(cursor, 'FULLTEXT', 'SPATIAL', 'VECTOR')?.toLowerCase();
}

export function method(cursor: Cursor): string | undefined {
  return acceptOne(cursor, 'USING', 'TYPE') === undefined ? undefined : name(cursor).toLowerCase();
}

export function indexKeys(cursor: Cursor): Index['keys'] {
  return parts(parentheses(cursor)).map((part) => {
    const isExpression = key(part) === '(';
    const what = isExpression ? { expression: `(${rest(parentheses(part))})` } : { column: name(part) };
    // The length of a prefix: which rows the index finds does not depend on it.
    if (!isExpression && key(part) === '(') parentheses(part);
    const descending = accept(part, 'DESC');
    accept(part, 'ASC');
    if (!isAtEnd(part)) refuse(part);
    return descending ? { ...what, descending } : what;
  });
}

/** The options behind the keys, with ALGORITHM and LOCK where CREATE INDEX allows them. */
export function indexOptions(cursor: Cursor): { readonly method?: string; readonly online: OnlineClauses } {
  let using: string | undefined;
  let online: OnlineClauses = {};
  while (!isAtEnd(cursor)) {
    const found = method(cursor);
    const clause = onlineClause(cursor);
    if (found !== undefined) using = found;
    else if (clause !== undefined) online = { ...online, ...clause };
    else if (!isOption(cursor)) refuse(cursor);
  }
  return { ...(using === undefined ? {} : { method: using }), online };
}

/** `ALGORITHM [=] x` or `LOCK [=] x`. */
export function onlineClause(cursor: Cursor): OnlineClauses | undefined {
  const which = acceptOne(cursor, 'ALGORITHM', 'LOCK');
  if (which === undefined) return undefined;
  accept(cursor, '=');
  const value = name(cursor).toLowerCase();
  return which === 'LOCK' ? { lock: value } : { algorithm: value };
}

function isOption(cursor: Cursor): boolean {
  if (accept(cursor, 'COMMENT')) {
    stringLiteral(cursor);
    return true;
  }
  if (acceptOne(cursor, 'VISIBLE', 'INVISIBLE', 'IGNORED', 'NOWAIT') !== undefined || accept(cursor, 'NOT', 'IGNORED'))
    return true;
  const takesValue =
    accept(cursor, 'WITH', 'PARSER') ||
    acceptOne(
      cursor,
      'KEY_BLOCK_SIZE',
      'CLUSTERING',
      'ENGINE_ATTRIBUTE',
      'SECONDARY_ENGINE_ATTRIBUTE',
      'WAIT',
      'DISTANCE',
      'M',
    ) !== undefined;
  if (!takesValue) return false;
  accept(cursor, '=');
  cursor.at++;
  return true;
}

/** An index of the model. */
export function indexOf(table: ObjectName, { name: named, method: how, keys }: IndexBody, unique: boolean): Index {
  return { ...(named === undefined ? {} : { name: named }), table, method: how, keys, include: [], unique };
}
