import { isRefreshable } from '../../facts/refreshable.ts';
import { isWholeStatement, wordAfter } from '../../facts/replacements.ts';
import { described, mayHoldRows } from '../../facts/rows.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const refreshMaterializedView = defineRule({
  id: 'refresh-materialized-view',
  level: 'warning',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A materialized view that already exists is refreshed without CONCURRENTLY',
  effect: 'Nobody can read the view until its query is done',
  remedy:
    'Refresh it CONCURRENTLY, for which it needs a unique index over columns and without WHERE; this may stand in a transaction',
  source: 'PostgreSQL manual, REFRESH MATERIALIZED VIEW',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, day date); CREATE MATERIALIZED VIEW daily AS SELECT day, count(*) AS orders FROM orders GROUP BY day; CREATE UNIQUE INDEX daily_day ON daily (day);',
      bad: "SET lock_timeout = '2s';\nREFRESH MATERIALIZED VIEW daily;",
      good: 'REFRESH MATERIALIZED VIEW CONCURRENTLY daily;',
    },
  ],
  on: ['maintain'],

  check(change, context) {
    const { what, table, concurrently, empty } = change;
    if (what !== 'REFRESH MATERIALIZED VIEW' || concurrently || table === undefined) return undefined;
    if (!mayHoldRows(table, context)) return undefined;
    if (empty === true) return `Queries of \`${display(table)}\` fail from here on, until it is filled again.`;
    const message = `Nobody can read ${described(table, context)} until its query is done.`;
    const view = context.before.views.get(keyOf(table));
    if (view === undefined || !isRefreshable(view) || !isWholeStatement(change, context)) return message;
    const replacement = wordAfter(context.statement, ['view'], 'CONCURRENTLY');
    return replacement === undefined
      ? message
      : { message, fix: { description: 'Refresh it beside its readers', replacement } };
  },
});
