import type { ReferentialAction } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { accept, acceptOne, type Cursor, expect, key, name, objectName, parentheses, parts, refuse } from './cursor.ts';

export interface References {
  readonly references: ObjectName;
  readonly referencedColumns: readonly string[];
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
}

/** `REFERENCES table [(columns)] [MATCH ...] [ON DELETE ...] [ON UPDATE ...]`. */
export function references(cursor: Cursor): References {
  expect(cursor, 'REFERENCES');
  const table = objectName(cursor);
  const referencedColumns = key(cursor) === '(' ? parts(parentheses(cursor)).map(name) : [];
  if (accept(cursor, 'MATCH')) cursor.at++;
  let actions: Pick<References, 'onDelete' | 'onUpdate'> = {};
  while (accept(cursor, 'ON')) {
    const event = acceptOne(cursor, 'DELETE', 'UPDATE') ?? refuse(cursor);
    actions = { ...actions, [event === 'DELETE' ? 'onDelete' : 'onUpdate']: action(cursor) };
  }
  return { references: table, referencedColumns, ...actions };
}

function action(cursor: Cursor): ReferentialAction {
  if (accept(cursor, 'SET', 'NULL')) return 'set null';
  if (accept(cursor, 'SET', 'DEFAULT')) return 'set default';
  if (accept(cursor, 'NO', 'ACTION')) return 'no action';
  if (accept(cursor, 'RESTRICT')) return 'restrict';
  expect(cursor, 'CASCADE');
  return 'cascade';
}
