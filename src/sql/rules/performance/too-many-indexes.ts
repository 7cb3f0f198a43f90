import { tableOf } from '../../catalog.ts';
import { accessPaths } from '../../facts/indexes.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const tooManyIndexes = defineRule({
  id: 'too-many-indexes',
  level: 'notice',
  category: 'performance',
  engines: ['postgresql', 'mysql', 'mariadb'],
  optIn: true,
  when: 'A table gets more indexes, those of its keys included, than the option `indexes` allows',
  effect: 'Every insert and most updates write to all of them, so that the table becomes slow to change',
  remedy: 'Drop the indexes that no query uses (pg_stat_user_indexes tells), or let one serve several queries',
  source: 'PostgreSQL manual, "Indexes", Introduction, and "Heap-Only Tuples (HOT)"',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE facts (id bigint PRIMARY KEY, a text, b text, c text, d text, e text, f text, g text, h text, i text, j text); CREATE INDEX ON facts (a); CREATE INDEX ON facts (b); CREATE INDEX ON facts (c); CREATE INDEX ON facts (d); CREATE INDEX ON facts (e); CREATE INDEX ON facts (f); CREATE INDEX ON facts (g); CREATE INDEX ON facts (h); CREATE INDEX ON facts (i);',
      bad: 'CREATE INDEX CONCURRENTLY facts_j_idx ON facts (j);',
      good: 'DROP INDEX CONCURRENTLY facts_a_idx;\nCREATE INDEX CONCURRENTLY facts_j_idx ON facts (j);',
    },
  ],
  on: ['create-index'],
  options: { indexes: 10 },
  optionDocs: { indexes: 'the most indexes that a table may have' },

  check({ index }, { before, options }) {
    const table = tableOf(before, index.table);
    const count = table === undefined ? 0 : accessPaths(table).length + 1;
    if (count <= options.indexes) return undefined;
    return `This is index ${count} of \`${display(index.table)}\`, and ${options.indexes} are allowed.`;
  },
});
