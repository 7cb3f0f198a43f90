import type { ChangeBody } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { withoutPlace } from './alter-add.ts';
import { columnDefinition } from './column.ts';
import { accept, acceptOne, type Cursor, expect, ifExists, isAtEnd, key, name, objectName, refuse } from './cursor.ts';
import { defaultExpression } from './expressions.ts';

/** What follows DROP. */
export function dropping(part: Cursor, table: ObjectName): readonly ChangeBody[] {
  const change = dropped(part, table);
  acceptOne(part, 'RESTRICT', 'CASCADE');
  if (!isAtEnd(part)) refuse(part);
  return [change];
}

function dropped(part: Cursor, table: ObjectName): ChangeBody {
  const none = { concurrently: false, cascade: false };
  if (accept(part, 'PRIMARY', 'KEY'))
    return { kind: 'drop-constraint', table, name: 'PRIMARY', ifExists: false, cascade: false };
  if (acceptOne(part, 'INDEX', 'KEY') !== undefined) {
    const absent = ifExists(part);
    return { kind: 'drop-index', index: { name: name(part) }, table, ifExists: absent, ...none };
  }
  if (accept(part, 'FOREIGN', 'KEY') || acceptOne(part, 'CONSTRAINT', 'CHECK') !== undefined) {
    const absent = ifExists(part);
    return { kind: 'drop-constraint', table, name: name(part), ifExists: absent, cascade: false };
  }
  if (
    key(part) === 'PARTITION' ||
    (key(part) === 'SYSTEM' && key(part, 1) === 'VERSIONING') ||
    (key(part) === 'PERIOD' && key(part, 1) === 'FOR')
  ) {
    const what = `ALTER TABLE ... DROP ${key(part)}`;
    part.at = part.end;
    return { kind: 'maintain', what, table, concurrently: false };
  }
  accept(part, 'COLUMN');
  const absent = ifExists(part);
  return { kind: 'drop-column', table, column: name(part), ifExists: absent, cascade: false };
}

/** What follows MODIFY, or CHANGE with its new name: the whole column is stated again. */
export function restatement(part: Cursor, table: ObjectName, isChange: boolean): readonly ChangeBody[] {
  accept(part, 'COLUMN');
  ifExists(part);
  const before = isChange ? name(part) : undefined;
  const { column, constraints } = columnDefinition(withoutPlace(part));
  const changes: ChangeBody[] = [];
  if (before !== undefined && before !== column.name)
    changes.push({ kind: 'rename-column', table, column: before, to: column.name });
  changes.push({ kind: 'change-column-type', table, column: column.name, type: column.type, restated: column });
  for (const constraint of constraints)
    changes.push({ kind: 'add-constraint', table, constraint, inline: column.name });
  return changes;
}

/** What follows ALTER within ALTER TABLE: a column's default, or whether something is visible or enforced. */
export function alteration(part: Cursor, table: ObjectName): readonly ChangeBody[] {
  if (acceptOne(part, 'INDEX', 'KEY', 'CHECK', 'CONSTRAINT') !== undefined) {
    part.at = part.end;
    return [{ kind: 'other', what: 'ALTER TABLE' }];
  }
  accept(part, 'COLUMN');
  const column = name(part);
  if (accept(part, 'DROP', 'DEFAULT')) return [{ kind: 'drop-default', table, column }];
  expect(part, 'SET');
  if (acceptOne(part, 'VISIBLE', 'INVISIBLE') !== undefined) return [{ kind: 'other', what: 'ALTER TABLE' }];
  expect(part, 'DEFAULT');
  const value = defaultExpression(part);
  if (!isAtEnd(part)) refuse(part);
  return [{ kind: 'set-default', table, column, default: value }];
}

/** What follows RENAME: a column, an index, or the new name of the table. */
export function renaming(part: Cursor, table: ObjectName): readonly ChangeBody[] {
  if (accept(part, 'COLUMN')) {
    ifExists(part);
    const column = name(part);
    expect(part, 'TO');
    const to = name(part);
    if (!isAtEnd(part)) refuse(part);
    return [{ kind: 'rename-column', table, column, to }];
  }
  if (acceptOne(part, 'INDEX', 'KEY') !== undefined) {
    ifExists(part);
    const index = name(part);
    expect(part, 'TO');
    const to = name(part);
    if (!isAtEnd(part)) refuse(part);
    return [{ kind: 'rename-index', index: { name: index }, table, to }];
  }
  acceptOne(part, 'TO', 'AS', '=');
  const to = objectName(part);
  if (!isAtEnd(part)) refuse(part);
  return renamed(table, to);
}

/** A table's new name, which may be in another database. */
export function renamed(table: ObjectName, to: ObjectName): readonly ChangeBody[] {
  const changes: ChangeBody[] = [];
  if (to.schema !== undefined && to.schema !== table.schema)
    changes.push({ kind: 'set-table-schema', table, to: to.schema });
  const moved = to.schema === undefined ? table : { ...table, schema: to.schema };
  if (to.name !== table.name) changes.push({ kind: 'rename-table', table: moved, to: to.name });
  return changes;
}
