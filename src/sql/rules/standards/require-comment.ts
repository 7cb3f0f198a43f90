import { columnOf } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { tableAtEnd } from '../../facts/at-end.ts';
import { changesOf } from '../../facts/changes.ts';
import { display } from '../../name.ts';
import { defineFileRule, type FileContext, type RuleOptions } from '../../rule.ts';

export const requireComment = defineFileRule({
  id: 'require-comment',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb'],
  optIn: true,
  when: 'A table is made, or a column added, and the file does not comment on it, or at too great length',
  effect: 'What it holds is known only to those who made it',
  remedy: "Say in the same file what it is for: `COMMENT ON TABLE orders IS '...'`",
  source: 'PostgreSQL manual, COMMENT; MySQL manual, "CREATE TABLE Statement", COMMENT',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      good: "CREATE TABLE orders (id bigint PRIMARY KEY);\nCOMMENT ON TABLE orders IS 'what a customer has bought at one time';",
    },
  ],
  options: { tables: true, columns: false, maxLength: 1000 },
  optionDocs: {
    tables: 'whether tables need a comment',
    columns: 'whether columns need one',
    maxLength: 'the most characters of a comment',
  },

  checkFile(context) {
    return changesOf(context.script, ['create-table', 'add-column', 'comment']).flatMap((change) => {
      const message = faultOf(change, context);
      return message === undefined ? [] : [{ message, span: change.span }];
    });
  },
});

interface Options extends RuleOptions {
  readonly tables: boolean;
  readonly columns: boolean;
  readonly maxLength: number;
}

function faultOf(
  change: ChangeOf<'create-table' | 'add-column' | 'comment'>,
  context: FileContext<Options>,
): string | undefined {
  const { options } = context;
  if (change.kind === 'comment') {
    const length = [...(change.comment ?? '')].length;
    return length > options.maxLength ? `This comment has ${length} characters.` : undefined;
  }
  const table = tableAtEnd(context, change, change.table);
  if (table === undefined || table.partitionOf !== undefined) return undefined;
  const added = change.kind === 'add-column' ? [change.column] : change.columns;
  const bare = added.filter(({ name }) => (columnOf(table, name)?.comment ?? '') === '');
  const isBare = options.tables && change.kind === 'create-table' && (table.comment ?? '') === '';
  const missing = [
    ...(isBare ? [`\`${display(change.table)}\``] : []),
    ...(options.columns ? bare.map(({ name }) => `\`${change.table.name}.${name}\``) : []),
  ];
  return missing.length === 0 ? undefined : `No comment says what ${missing.join(', ')} is for.`;
}
