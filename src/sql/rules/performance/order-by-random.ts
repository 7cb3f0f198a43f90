import { isLasting, queryKinds, traitsOf } from '../../facts/queries.ts';
import { defineRule } from '../../rule.ts';

export const orderByRandom = defineRule({
  id: 'order-by-random',
  level: 'warning',
  category: 'performance',
  engines: ['postgresql'],
  when: 'A query sorts the rows of a table at random',
  effect: 'Every row is read and sorted, whatever the LIMIT, and no index can help',
  remedy: 'Draw a sample first (`FROM orders TABLESAMPLE system (1)`), or look up keys drawn at random',
  source: 'PostgreSQL manual, SELECT, TABLESAMPLE; "Indexes and ORDER BY"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE prizes (id bigint PRIMARY KEY);',
      bad: 'CREATE VIEW next_prize AS SELECT id FROM prizes ORDER BY random() LIMIT 1;',
      good: 'CREATE VIEW next_prize AS SELECT id FROM prizes TABLESAMPLE system (1) LIMIT 1;',
    },
  ],
  on: queryKinds,
  inRoutines: true,

  check(change) {
    if (traitsOf(change, 'order-by-random').length === 0) return undefined;
    const message = 'Every row is read and sorted at random each time.';
    return isLasting(change) ? message : { message: 'Every row is read and sorted at random.', level: 'notice' };
  },
});
