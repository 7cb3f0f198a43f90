import type { ChangeKind } from '../change.ts';
import type { Appliers } from './applier.ts';
import * as columns from './columns.ts';
import * as constraints from './constraints.ts';
import * as indexes from './indexes.ts';
import * as tables from './tables.ts';

/** Tables with their columns, constraints and indexes. */
export const relationAppliers = {
  'create-table': tables.createTable,
  'drop-table': tables.dropTable,
  'rename-table': tables.renameTable,
  'set-table-schema': tables.setTableSchema,
  'add-column': columns.addColumn,
  'drop-column': columns.dropColumn,
  'rename-column': columns.renameColumn,
  'change-column-type': columns.changeColumnType,
  'set-not-null': columns.setNotNull,
  'drop-not-null': columns.dropNotNull,
  'set-default': columns.setDefault,
  'drop-default': columns.dropDefault,
  'add-constraint': constraints.addConstraint,
  'drop-constraint': constraints.dropConstraint,
  'validate-constraint': constraints.validateConstraint,
  'rename-constraint': constraints.renameConstraint,
  'create-index': indexes.createIndex,
  'drop-index': indexes.dropIndex,
  'rename-index': indexes.renameIndex,
} satisfies Partial<Appliers<ChangeKind>>;
