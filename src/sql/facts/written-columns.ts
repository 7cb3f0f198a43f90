import { columnOf, tableOf } from '../catalog.ts';
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
 * The columns whose types a change chooses: of temporary tables none, because nobody keeps those; of a change of type only one
 * that did not have the same base before.
 */
export function writtenColumns(change: ColumnChange, { before }: RuleContext): readonly WrittenColumn[] {
  switch (change.kind) {
    case 'create-table':
      return change.temporary ? [] : change.columns.map(written);
    case 'add-column':
      return [written(change.column)];
    case 'change-column-type': {
      const table = tableOf(before, change.table);
      const from = table === undefined ? undefined : columnOf(table, change.column)?.type;
      const isLimitOnly = from?.replace(/\(.*?\)/, '') === change.type.replace(/\(.*?\)/, '');
      return isLimitOnly ? [] : [{ name: change.column, type: change.type }];
    }
  }
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
