import { transactionsOf } from '../../facts/transactions.ts';
import { defineFileRule } from '../../rule.ts';

export const uncommittedTransaction = defineFileRule({
  id: 'uncommitted-transaction',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A transaction is begun and the file ends before it is committed',
  effect: 'PostgreSQL rolls everything back when the session ends, or the locks stay until it does',
  remedy: 'Write `COMMIT;` at the end of the file, or leave out the BEGIN where the tool opens the transaction',
  source: 'PostgreSQL manual, BEGIN; "Transactions"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'BEGIN;\nCREATE TABLE drafts (id bigint PRIMARY KEY);',
      good: 'BEGIN;\nCREATE TABLE drafts (id bigint PRIMARY KEY);\nCOMMIT;',
    },
    {
      engine: 'postgresql',
      bad: 'BEGIN;\nCREATE TABLE drafts (id bigint PRIMARY KEY);\nCOMMIT AND CHAIN;\nCREATE TABLE notes (id bigint PRIMARY KEY);',
      good: 'BEGIN;\nCREATE TABLE drafts (id bigint PRIMARY KEY);\nCOMMIT AND CHAIN;\nCREATE TABLE notes (id bigint PRIMARY KEY);\nCOMMIT;',
    },
  ],

  checkFile({ file, script }) {
    const { unfinished } = transactionsOf(file, script);
    if (unfinished === undefined) return [];
    return [{ message: 'Nothing commits the transaction that begins here.', span: unfinished.span }];
  },
});
