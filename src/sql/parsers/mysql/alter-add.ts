import type { ChangeBody } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { type ColumnDefinition, columnDefinition } from './column.ts';
import { accept, type Cursor, ifNotExists, isAtEnd, key, name, parentheses, parts } from './cursor.ts';
import { beginsKeyOrConstraint, definition } from './definition.ts';

/** What follows ADD: an index, a constraint, columns, a partition, or one of MariaDB's periods. */
export function addition(part: Cursor, table: ObjectName): readonly ChangeBody[] {
  if (beginsKeyOrConstraint(part)) return [keyOrConstraint(part, table)];
  if (key(part) === 'PARTITION')
    return [{ kind: 'maintain', what: 'ALTER TABLE ... ADD PARTITION', table, concurrently: false }];
  if ((key(part) === 'PERIOD' && key(part, 1) === 'FOR') || (key(part) === 'SYSTEM' && key(part, 1) === 'VERSIONING')) {
    return [{ kind: 'maintain', what: `ALTER TABLE ... ADD ${key(part)}`, table, concurrently: false }];
  }
  accept(part, 'COLUMN');
  const ifAbsent = ifNotExists(part);
  if (key(part) === '(') {
    return parts(parentheses(part)).flatMap((each) =>
      beginsKeyOrConstraint(each) ? keyOrConstraint(each, table) : columns(columnDefinition(each), table, ifAbsent),
    );
  }
  return columns(columnDefinition(withoutPlace(part)), table, ifAbsent);
}

function keyOrConstraint(part: Cursor, table: ObjectName): ChangeBody {
  const element = definition(part, table);
  return element.kind === 'index'
    ? { kind: 'create-index', index: element.index, concurrently: false, ifNotExists: false }
    : {
        kind: 'add-constraint',
        table,
        constraint: (element as Extract<typeof element, { kind: 'constraint' }>).constraint,
      };
}

function columns(
  { column, constraints }: ColumnDefinition,
  table: ObjectName,
  ifAbsent: boolean,
): readonly ChangeBody[] {
  return [
    { kind: 'add-column', table, column, ifNotExists: ifAbsent },
    ...constraints.map(
      (constraint): ChangeBody => ({ kind: 'add-constraint', table, constraint, inline: column.name }),
    ),
  ];
}

/** The definition without `FIRST` or `AFTER column` at its end: the model does not order columns. */
export function withoutPlace(part: Cursor): Cursor {
  const last: Cursor = { ...part, at: Math.max(part.at, part.end - 1) };
  if (key(last) === 'FIRST') return { ...part, end: part.end - 1 };
  const lastTwo: Cursor = { ...part, at: Math.max(part.at, part.end - 2) };
  if (!accept(lastTwo, 'AFTER')) return part;
  name(lastTwo);
  return isAtEnd(lastTwo) ? { ...part, end: part.end - 2 } : part;
}
