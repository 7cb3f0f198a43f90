import { columnOf, tableOf } from '../../catalog.ts';
import type { ChangeOf, Column } from '../../change.ts';
import { isWholeStatement } from '../../facts/replacements.ts';
import { castOf } from '../../facts/type-changes/casts.ts';
import { display } from '../../name.ts';
import { quoteIdentifier } from '../../quote.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const typeChangeNeedsUsing = defineRule({
  id: 'type-change-needs-using',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A column gets a type to which its values, or its default, are not converted without being told how',
  effect: 'PostgreSQL refuses the statement, even where the table is empty, and the migration fails',
  remedy: 'Say how with USING, and drop a default that does not convert before, to set it again after',
  source: 'PostgreSQL manual, ALTER TABLE, SET DATA TYPE; CREATE CAST',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, amount text);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN amount TYPE integer;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN amount_number integer;",
      fails: '42804',
    },
    {
      engine: 'postgresql',
      given: "CREATE TABLE orders (id bigint PRIMARY KEY, amount text DEFAULT '0');",
      bad: "SET lock_timeout = '2s';\nALTER TABLE orders ALTER COLUMN amount TYPE integer USING amount::integer;",
      good: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN amount_number integer DEFAULT 0;",
      fails: '42804',
    },
  ],
  on: ['change-column-type'],

  check(change, context) {
    const known = tableOf(context.before, change.table);
    const column = known === undefined ? undefined : columnOf(known, change.column);
    if (column === undefined) return undefined;
    const cast = castOf(column.type, change.type, context.before);
    if (cast === undefined || cast === 'assignment') return undefined;
    if (change.using === undefined) return valuesNeed(change, column, cast, context);
    // DEFAULT NULL is no default to PostgreSQL.
    if (column.default === undefined || /^null\b/i.test(column.default.sql)) return undefined;
    if (isDropped(change, context)) return undefined;
    return `The default \`${column.default.sql}\` of \`${change.column}\` does not become \`${change.type}\` by itself, and USING says nothing about it, so PostgreSQL refuses this.`;
  },
});

type TypeChange = ChangeOf<'change-column-type'>;

function valuesNeed(change: TypeChange, { type }: Column, cast: 'explicit' | 'none', context: RuleContext) {
  const message = `\`${change.column}\` of \`${display(change.table)}\` does not go from \`${type}\` to \`${change.type}\` by itself, so PostgreSQL refuses this without USING.`;
  if (cast === 'none' || !isWholeStatement(change, context)) return message;
  const replacement = `${context.statement} USING ${quoteIdentifier(change.column)}::${change.type}`;
  return { message, fix: { description: `Cast the column to ${change.type}`, replacement } };
}

/** Within one ALTER TABLE a default is dropped before types change, wherever it stands (PostgreSQL source, AT_PASS_DROP). */
function isDropped({ column }: TypeChange, { siblings }: RuleContext): boolean {
  return siblings.some((each) => each.kind === 'drop-default' && each.column === column);
}
