import type { Constraint, Deferrable, ReferentialAction } from '../../../sql/change.ts';
import type { Row } from '../../session.ts';
import { known, text, yes } from './row.ts';

/** `confdeltype` and `confupdtype` (manual, catalog pg_constraint); NO ACTION is what nobody need say. */
const actions: Readonly<Record<string, ReferentialAction>> = {
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

export function constraintOf(row: Row): Constraint {
  const name = text(row, 'name');
  const columns = (row.columns ?? []) as readonly string[];
  const validated = row.validated === true;
  const deferrable: Deferrable | undefined =
    row.deferrable === true ? (row.deferred === true ? 'deferred' : 'immediate') : undefined;
  const heir = { ...yes('noInherit', row.no_inherit), ...yes('inherited', row.inherited) };
  const facts = { ...known('include', row.include as readonly string[] | null), ...known('deferrable', deferrable) };
  switch (row.contype) {
    case 'p':
      return { kind: 'primary-key', name, columns, ...facts };
    case 'u':
      return {
        kind: 'unique',
        name,
        columns,
        ...yes('nullsNotDistinct', row.nulls_not_distinct),
        ...facts,
      };
    case 'c':
      return { kind: 'check', name, expression: text(row, 'expression'), validated, ...heir };
    case 'f':
      return {
        kind: 'foreign-key',
        name,
        columns,
        references: { schema: text(row, 'referenced_schema'), name: text(row, 'referenced_table') },
        referencedColumns: (row.referenced_columns ?? []) as readonly string[],
        ...known('onDelete', actions[text(row, 'on_delete')]),
        ...known('onUpdate', actions[text(row, 'on_update')]),
        validated,
        ...known('deferrable', deferrable),
      };
    case 'n':
      return { kind: 'not-null', name, column: columns[0] ?? '', validated, ...heir };
    default:
      return { kind: 'exclusion', name, definition: text(row, 'definition') };
  }
}
