import { columnsIn } from '../../sql/apply/mentions.ts';
import { columnOf } from '../../sql/catalog.ts';
import type { BodyOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { columnExists } from '../criteria.ts';
import { type Draft, lock, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import { isEmpty, isSmall, knownTable, type Situation } from '../situation.ts';
import { keepsRows } from './type-widening.ts';
import { boundTo } from './views.ts';

/** In place where PostgreSQL keeps the rows as they are or the table is known to be small; otherwise said to be unsupported. */
export function changeType(change: BodyOf<'change-column-type'>, situation: Situation): readonly Draft[] | Unsupported {
  const { table, column, type, using } = change;
  const known = knownTable(situation, table);
  const before = columnOf(known, column);
  const name = `${display(table)}.${column}`;
  if (before === undefined) return { unsupported: `column ${name} does not exist` };
  const users = boundTo(situation.catalog, table, column);
  if (users.length > 0)
    return {
      unsupported: `${name}: the type of a column that ${users.join(', ')} uses cannot be changed; drop that first and make it again afterwards`,
    };

  const rewrites = using !== undefined || !keepsRows(before.type, type);
  if (rewrites && !isSmall(situation, table)) {
    return {
      unsupported: `${name}: from ${before.type} to ${type} the whole table is rewritten under an exclusive lock; ask for a new column, a backfill and a switch, or say in the configuration how many rows ${display(table)} has if it is small`,
    };
  }
  const checked = known.constraints.some(
    (constraint) => constraint.kind === 'check' && columnsIn(constraint.expression, [column]).length > 0,
  );
  const heavy = (rewrites || checked) && !isEmpty(situation, table);
  return [
    step({
      title: `Change the type of ${name} from ${before.type} to ${type}`,
      phase: rewrites ? 'contract' : 'expand',
      sql: [renderChange(change)],
      down: [
        renderChange({ ...change, type: before.type, ...(rewrites ? { using: castBack(column, before.type) } : {}) }),
      ],
      locks: [lock(table, 'AccessExclusiveLock')],
      rewrites: rewrites ? [lock(table, 'AccessExclusiveLock').relation] : [],
      hazards: heavy
        ? [
            ...(rewrites ? (['rewrites-table', 'may-fail-on-existing-rows'] as const) : []),
            'blocks-reads',
            'blocks-writes',
          ]
        : [],
      ...(rewrites
        ? { knowingly: [{ rule: 'column-type-rewrite', reason: 'the table is small enough to be rewritten at once' }] }
        : {}),
      statementTimeoutMs: scanMs,
      criteria: [columnExists(table, { ...before, type }, situation.catalog)],
      because: rewrites
        ? `The table is rewritten under an exclusive lock; it is small enough for that. ${manual('sql-altertable')}`
        : `The new type holds every old value in the same form, so only the catalog changes. Going back checks every value. ${manual('sql-altertable')}`,
    }),
  ];
}

function castBack(column: string, type: string): string {
  return `${quoteIdentifier(column)}::${type}`;
}
