import { tableAtEnd } from '../../facts/at-end.ts';
import { display } from '../../name.ts';
import { defineFileRule } from '../../rule.ts';

export const requireComment = defineFileRule({
  id: 'require-comment',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb'],
  optIn: true,
  when: 'A table is made, or a column added, and the file does not comment on it',
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
  options: { tables: true, columns: false },
  optionDocs: { tables: 'whether tables need a comment', columns: 'whether columns need one' },

  checkFile(context) {
    const { script, options } = context;
    return script.statements.flatMap(({ changes }) =>
      changes.flatMap((change) => {
        if (change.within !== undefined || (change.kind !== 'create-table' && change.kind !== 'add-column')) return [];
        const table = tableAtEnd(context, change, change.table);
        if (table === undefined || table.partitionOf !== undefined) return [];
        const added = change.kind === 'add-column' ? [change.column] : change.columns;
        const bare = added.filter(({ name }) =>
          table.columns.some((column) => column.name === name && (column.comment ?? '') === ''),
        );
        const missing = [
          ...(options.tables && change.kind === 'create-table' && (table.comment ?? '') === ''
            ? [`\`${display(change.table)}\``]
            : []),
          ...(options.columns ? bare.map(({ name }) => `\`${change.table.name}.${name}\``) : []),
        ];
        return missing.length === 0
          ? []
          : [{ message: `No comment says what ${missing.join(', ')} is for.`, span: change.span }];
      }),
    );
  },
});
