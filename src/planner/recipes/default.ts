import { columnOf } from '../../sql/catalog.ts';
import type { BodyOf, Expression } from '../../sql/change.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { renderChange } from '../../sql/render.ts';
import { columnHasDefault } from '../criteria.ts';
import { type Draft, lock, manual, step } from '../recipe.ts';
import { knownTable, type Situation } from '../situation.ts';

/** SET and DROP DEFAULT: catalog only; existing rows keep their values. */
export function changeDefault(
  change: BodyOf<'set-default'> | BodyOf<'drop-default'>,
  situation: Situation,
): readonly Draft[] {
  const { table, column } = change;
  const before = columnOf(knownTable(situation, table), column)?.default;
  const after = change.kind === 'set-default' ? change.default : undefined;
  const name = `${display(table)}.${column}`;
  return [
    step({
      title: after === undefined ? `Take the default from ${name}` : `Give ${name} the default ${after.sql}`,
      phase: after === undefined ? 'contract' : 'expand',
      sql: [statement(table, column, after)],
      down: [statement(table, column, before)],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: after === undefined ? ['breaks-running-code'] : [],
      ...(after === undefined && before !== undefined
        ? {
            knowingly: [
              { rule: 'drop-default', reason: 'all code gives the column a value of its own before this runs' },
            ],
          }
        : {}),
      criteria: [columnHasDefault(table, column, after)],
      because: `A default applies to rows that are inserted later, so only the catalog changes. ${manual('sql-altertable')}`,
    }),
  ];
}

function statement(table: ObjectName, column: string, value: Expression | undefined): string {
  return renderChange(
    value === undefined
      ? { kind: 'drop-default', table, column }
      : { kind: 'set-default', table, column, default: value },
  );
}
