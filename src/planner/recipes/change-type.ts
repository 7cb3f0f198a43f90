import { columnOf } from '../../sql/catalog.ts';
import type { BodyOf } from '../../sql/change.ts';
import { typeChangeOf } from '../../sql/facts/type-changes.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { columnExists } from '../criteria.ts';
import { type Draft, lock, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import { isEmpty, isSmall, knownTable, type Situation } from '../situation.ts';
import { noRefusedValue } from './refused-values.ts';
import { losesValues, switchType } from './second-column/switch-type.ts';
import { boundTo } from './views.ts';

/** In place where PostgreSQL keeps the rows as they are or the table is known to be small; otherwise by a second column. */
export function changeType(change: BodyOf<'change-column-type'>, situation: Situation): readonly Draft[] | Unsupported {
  const { table, column, type } = change;
  const known = knownTable(situation, table);
  const before = columnOf(known, column);
  const name = `${display(table)}.${column}`;
  if (before === undefined) return { unsupported: `column ${name} does not exist` };
  const users = boundTo(situation.catalog, table, column);
  if (users.length > 0)
    return {
      unsupported: `${name}: the type of a column that ${users.join(', ')} uses cannot be changed; drop that first and make it again afterwards`,
    };

  const found = typeChangeOf(change, { catalog: situation.catalog, utc: false });
  const effect = found?.effect ?? 'rewrite';
  const rewrites = effect === 'rewrite';
  if (rewrites && !isSmall(situation, table)) return switchType(change, known, before, found, situation);
  const heavy = effect !== 'none' && !isEmpty(situation, table);
  const isRisky = (found?.loses ?? found?.fails ?? found?.rereads) !== undefined;
  const knowingly = [
    ...(effect === 'none' ? [] : [{ rule: 'column-type-rewrite', reason: reasons[effect] }]),
    ...(isRisky ? [{ rule: 'column-type-narrowing', reason: 'the request has said what becomes of its values' }] : []),
  ];
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
            ...(losesValues(change, found) ? (['deletes-data'] as const) : []),
            'blocks-reads',
            'blocks-writes',
          ]
        : [],
      ...(knowingly.length === 0 ? {} : { knowingly }),
      statementTimeoutMs: scanMs,
      ...(heavy && found?.fails !== undefined
        ? { preconditions: noRefusedValue(table, column, { from: before.type, to: type }, situation) }
        : {}),
      criteria: [columnExists(table, { ...before, type }, situation.catalog)],
      because: `${because[effect]} ${manual('sql-altertable')}`,
    }),
  ];
}

const reasons = {
  rewrite: 'the table is small enough to be rewritten at once',
  scan: 'the rows stay as they are, and only the checks on the column are gone through again',
  reindex: 'the rows stay as they are, and only indexes on the column are built again',
};

const because = {
  none: 'The new type holds every old value in the same form, so only the catalog changes. Going back checks every value.',
  scan: 'The new type holds every old value in the same form, but the checks on the column are verified again for every row.',
  reindex: 'The new type holds every old value in the same form, but indexes on the column are built again.',
  rewrite: 'The table is rewritten under an exclusive lock; it is small enough for that.',
};

function castBack(column: string, type: string): string {
  return `${quoteIdentifier(column)}::${type}`;
}
