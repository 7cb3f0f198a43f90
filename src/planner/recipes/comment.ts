import { columnOf } from '../../sql/catalog.ts';
import type { BodyOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { commentIs } from '../criteria.ts';
import { type Draft, lock, manual, step } from '../recipe.ts';
import { knownTable, type Situation } from '../situation.ts';

export function comment(change: BodyOf<'comment'>, situation: Situation): readonly Draft[] {
  const { table, column } = change;
  const known = knownTable(situation, table);
  const before = column === undefined ? known.comment : columnOf(known, column)?.comment;
  return [
    step({
      title: `Describe ${display(table)}${column === undefined ? '' : `.${column}`}`,
      phase: 'expand',
      sql: [renderChange(change)],
      down: [renderChange({ ...change, comment: before ?? null })],
      locks: [lock(table, 'ShareUpdateExclusiveLock')],
      criteria: [commentIs(table, column, change.comment)],
      because: `Changes the catalog only, under SHARE UPDATE EXCLUSIVE. ${manual('sql-comment')}`,
    }),
  ];
}
