import { columnOf, type Table, tableOf } from '../catalog.ts';
import type { ChangeOf, Column } from '../change.ts';
import { display, type ObjectName } from '../name.ts';
import type { RuleContext } from '../rule.ts';

/** The kinds of change in which a column's type is written. */
export const columnKinds = ['create-table', 'add-column', 'change-column-type'] as const;
export type ColumnChange = ChangeOf<(typeof columnKinds)[number]>;

/** A column's type as a change writes it down. */
export interface WrittenColumn {
  readonly name: string;
  readonly type: string;
  /** The whole column, where all of it is written. */
  readonly column?: Column;
}

/**
 * The columns whose types a change chooses: of temporary and foreign tables none, and none that IF NOT EXISTS finds there
 * already; of a change of type only one that did not have the same base before.
 */
export function writtenColumns(change: ColumnChange, { before }: RuleContext): readonly WrittenColumn[] {
  const table = tableOf(before, change.table);
  switch (change.kind) {
    case 'create-table':
      return isKept(change, table) ? change.columns.map(written) : [];
    case 'add-column': {
      const isThere = change.ifNotExists && table !== undefined && columnOf(table, change.column.name) !== undefined;
      return isThere ? [] : [written(change.column)];
    }
    case 'change-column-type': {
      const from = table === undefined ? undefined : columnOf(table, change.column)?.type;
      const isLimitOnly = from?.replace(/\(.*?\)/, '') === change.type.replace(/\(.*?\)/, '');
      return isLimitOnly ? [] : [{ name: change.column, type: change.type }];
    }
  }
}

/** The columns of a foreign table are as they are where its rows are kept. */
function isKept({ temporary, foreign, ifNotExists }: ChangeOf<'create-table'>, table: Table | undefined): boolean {
  return !temporary && foreign !== true && !(ifNotExists && table !== undefined);
}

function written(column: Column): WrittenColumn {
  return { name: column.name, type: column.type, column };
}

/** `\`a\` and \`b\` of \`orders\`` for a message. */
export function namedColumns(columns: readonly WrittenColumn[], table: ObjectName): string {
  const names = columns.map(({ name }) => `\`${name}\``);
  const last = names.pop() ?? '';
  return `${names.length === 0 ? last : `${names.join(', ')} and ${last}`} of \`${display(table)}\``;
}
