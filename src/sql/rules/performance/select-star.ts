import { tableOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { queryKinds, traitsOf } from '../../facts/queries.ts';
import { display } from '../../name.ts';
import { quoteIdentifier } from '../../quote.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const selectStar = defineRule({
  id: 'select-star',
  level: 'warning',
  category: 'performance',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A view selects every column of a table with a star',
  effect:
    'The star is replaced by the columns of this moment: later columns stay out, and none of these can be dropped or change its type while the view stands, though no reader may need it',
  remedy: 'Name the columns that the readers of the view need',
  source:
    'PostgreSQL manual, "Views" and ALTER TABLE; MySQL manual, "CREATE VIEW Statement": the definition is frozen at creation time',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, state text, note text);',
      bad: "CREATE VIEW open_orders AS SELECT * FROM orders WHERE state = 'open';",
      good: "CREATE VIEW open_orders AS SELECT id, note FROM orders WHERE state = 'open';",
    },
  ],
  on: queryKinds,
  options: { queries: false },
  optionDocs: { queries: 'whether queries outside views are looked at as well, INSERT ... SELECT among them' },

  check(change, context) {
    if (traitsOf(change, 'select-star').length === 0) return undefined;
    if (change.kind !== 'create-view') {
      if (!context.options.queries) return undefined;
      return { message: 'This reads whatever columns the table has when it runs.', level: 'notice' };
    }
    const message = `\`${display(change.view)}\` freezes the columns that its tables have today.`;
    const replacement = withColumns(change, context);
    return replacement === undefined ? message : { message, fix: { description: 'Name the columns', replacement } };
  },
});

/** The statement with the columns in place of its only star, where they are all known. */
function withColumns(
  { uses }: ChangeOf<'create-view'>,
  { before, statement }: Pick<RuleContext, 'before' | 'statement'>,
): string | undefined {
  const [use, ...others] = uses ?? [];
  const table = use === undefined ? undefined : tableOf(before, use.relation);
  if (table === undefined || table.open || others.length > 0 || table.columns.length === 0) return undefined;
  // One table and nothing joined to it.
  const star = /\bselect\s+\*(?=\s+from\s+[\w."$]+\s*(?:$|where\b|order\b|limit\b))/gi;
  if (statement.split('*').length !== 2 || statement.match(star) === null) return undefined;
  const columns = table.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  return statement.replace(star, (found) => found.replace('*', () => columns));
}
