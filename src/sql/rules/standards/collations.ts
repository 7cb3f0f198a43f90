import { isOneOf } from '../../facts/patterns.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const collations = defineRule({
  id: 'collations',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'A column has a collation of its own that the option `allowed` does not name',
  effect:
    'Texts of different collations cannot be compared without saying which counts, and indexes serve only their own',
  remedy: 'Leave the collation to the database, or write COLLATE in the query that needs another',
  source: 'PostgreSQL manual, "Collation Support"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE tags (id bigint PRIMARY KEY, label text COLLATE "POSIX");',
      good: 'CREATE TABLE tags (id bigint PRIMARY KEY, label text);',
    },
  ],
  on: ['create-table', 'add-column', 'change-column-type'],
  options: { allowed: ['C'] as readonly string[] },
  patterns: ['allowed'],
  optionDocs: { allowed: 'regular expressions that match a whole name without its quotes' },

  check(change, { options }) {
    const columns =
      change.kind === 'create-table'
        ? change.columns
        : [
            change.kind === 'add-column'
              ? change.column
              : { name: change.column, ...(change.collation === undefined ? {} : { collation: change.collation }) },
          ];
    const wrong = columns.find(({ collation }) => {
      const name = collation?.replaceAll('"', '');
      return name !== undefined && !isOneOf(options.allowed, name);
    });
    if (wrong === undefined) return undefined;
    return `\`${wrong.name}\` of \`${display(change.table)}\` has the collation ${wrong.collation}.`;
  },
});
