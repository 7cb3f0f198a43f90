import type { Change } from '../../change.ts';
import { isRefreshable } from '../../facts/refreshable.ts';
import { display, keyOf, type ObjectName } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const concurrentRefreshRefused = defineRule({
  id: 'concurrent-refresh-refused',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A materialized view without a unique index over columns, or without data, is refreshed CONCURRENTLY',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Create a unique index on columns of the view, without WHERE, and fill the view once with a plain REFRESH',
  source: 'PostgreSQL manual, REFRESH MATERIALIZED VIEW, CONCURRENTLY',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE MATERIALIZED VIEW daily AS SELECT current_date AS day, 1 AS orders;',
      bad: 'REFRESH MATERIALIZED VIEW CONCURRENTLY daily;',
      good: "SET lock_timeout = '2s';\nCREATE UNIQUE INDEX daily_day ON daily (day);\nREFRESH MATERIALIZED VIEW CONCURRENTLY daily;",
      fails: '55000',
    },
    {
      engine: 'postgresql',
      bad: 'CREATE MATERIALIZED VIEW daily AS SELECT current_date AS day, 1 AS orders WITH NO DATA;\nCREATE UNIQUE INDEX daily_day ON daily (day);\nREFRESH MATERIALIZED VIEW CONCURRENTLY daily;',
      good: 'CREATE MATERIALIZED VIEW daily AS SELECT current_date AS day, 1 AS orders WITH NO DATA;\nCREATE UNIQUE INDEX daily_day ON daily (day);\nREFRESH MATERIALIZED VIEW daily;',
      fails: '0A000',
    },
  ],
  on: ['maintain'],

  check({ what, table, concurrently }, { before, earlier }) {
    if (what !== 'REFRESH MATERIALIZED VIEW' || !concurrently || table === undefined) return undefined;
    const view = before.views.get(keyOf(table));
    if (view !== undefined && !isRefreshable(view))
      return `\`${display(table)}\` has no unique index over columns and all rows, which REFRESH CONCURRENTLY needs.`;
    const last = earlier.findLast((change) => fillsOrEmpties(change, table));
    if (last === undefined || !('empty' in last) || last.empty !== true) return undefined;
    return `\`${display(table)}\` holds no data yet, and REFRESH CONCURRENTLY does not begin without.`;
  },
});

function fillsOrEmpties(change: Change, name: ObjectName): boolean {
  const view = change.kind === 'create-view' ? change.view : undefined;
  const refreshed =
    change.kind === 'maintain' && change.what === 'REFRESH MATERIALIZED VIEW' ? change.table : undefined;
  const subject = view ?? refreshed;
  return subject !== undefined && keyOf(subject) === keyOf(name);
}
