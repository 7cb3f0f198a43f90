import type { ChangeKind } from '../change.ts';
import type { Appliers } from './applier.ts';
import * as columns from './columns.ts';
import * as constraints from './constraints.ts';
import { alsoBelow } from './family.ts';
import * as indexes from './indexes.ts';
import { createIndexes } from './partitions.ts';
import * as tables from './tables.ts';

/** Tables with their columns, constraints and indexes. */
export const relationAppliers = {
  'create-table': tables.createTable,
  'drop-table': tables.dropTable,
  'rename-table': tables.renameTable,
  'set-table-schema': tables.setTableSchema,
  'add-column': alsoBelow(columns.addColumn),
  'drop-column': alsoBelow(columns.dropColumn),
  'rename-column': alsoBelow(columns.renameColumn),
  'change-column-type': alsoBelow(columns.changeColumnType),
  'set-not-null': alsoBelow(columns.setNotNull),
  'drop-not-null': alsoBelow(columns.dropNotNull),
  'set-default': alsoBelow(columns.setDefault),
  'drop-default': alsoBelow(columns.dropDefault),
  'add-constraint': alsoBelow(constraints.addConstraint),
  'drop-constraint': alsoBelow(constraints.dropConstraint),
  'validate-constraint': alsoBelow(constraints.validateConstraint),
  'alter-constraint': alsoBelow(constraints.alterConstraint),
  'rename-constraint': alsoBelow(constraints.renameConstraint),
  'create-index': createIndexes,
  'drop-index': indexes.dropIndex,
  'rename-index': indexes.renameIndex,
} satisfies Partial<Appliers<ChangeKind>>;
