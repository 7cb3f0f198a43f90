import type { BodyOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { columnIsRequired } from '../criteria.ts';
import { type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
import { knownTable, type Situation } from '../situation.ts';

/** Widens what the column accepts: catalog only. */
export function dropNotNull(change: BodyOf<'drop-not-null'>, situation: Situation): readonly Draft[] | Unsupported {
  const { table, column } = change;
  const name = `${display(table)}.${column}`;
  const inKey = knownTable(situation, table).constraints.some(
    (constraint) => constraint.kind === 'primary-key' && constraint.columns.includes(column),
  );
  if (inKey) return { unsupported: `${name} is part of the primary key, which cannot be NULL` };
  return [
    step({
      title: `Let ${name} be empty`,
      phase: 'expand',
      sql: [renderChange(change)],
      down: [renderChange({ kind: 'set-not-null', table, column })],
      locks: [lock(table, 'AccessExclusiveLock')],
      knowingly: [
        { rule: 'drop-not-null', reason: 'code that reads the column copes with NULL before one is written' },
      ],
      criteria: [columnIsRequired(table, column, false)],
      application: `Code that reads ${name} must cope with NULL before anything writes one.`,
      because: `Changes the catalog only. Going back scans the table and fails once a NULL was written. ${manual('sql-altertable')}`,
    }),
  ];
}
