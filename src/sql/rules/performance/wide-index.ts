import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const wideIndex = defineRule({
  id: 'wide-index',
  level: 'notice',
  category: 'performance',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'An index that is not unique has more key columns than the option `columns` allows',
  effect:
    'The index is large, each update of any of its columns writes to it, and queries rarely look for values in all of them',
  remedy:
    'Keep the columns that queries really look for by equality, most selective first, and move what is only read to INCLUDE',
  source: 'PostgreSQL manual, "Multicolumn Indexes": more than three columns are unlikely to be helpful',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE visits (id bigint PRIMARY KEY, site text, page text, country text, agent text);',
      bad: 'CREATE INDEX CONCURRENTLY visits_all_idx ON visits (site, page, country, agent);',
      good: 'CREATE INDEX CONCURRENTLY visits_site_idx ON visits (site, page) INCLUDE (country, agent);',
    },
  ],
  on: ['create-index'],
  options: { columns: 3 },
  optionDocs: { columns: 'the most key columns that an index may have' },

  check({ index: { table, keys, unique } }, { options }) {
    // A unique index needs all the columns that make a row unique.
    if (unique || keys.length <= options.columns) return undefined;
    return `This index of \`${display(table)}\` has ${keys.length} key columns, more than ${options.columns}.`;
  },
});
