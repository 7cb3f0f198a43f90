import { type TransactionStep, transactionsOf } from '../../facts/transactions.ts';
import { defineFileRule } from '../../rule.ts';

export const nestedTransaction = defineFileRule({
  id: 'nested-transaction',
  level: 'warning',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A transaction is begun inside another one, or one is ended that the file did not begin',
  effect:
    'PostgreSQL has no nested transactions: the inner BEGIN only warns, and the first COMMIT ends the whole, so that the rest runs without one',
  remedy:
    'Leave BEGIN and COMMIT to one place: the file, or the tool that wraps it; for a part that may fail write SAVEPOINT',
  source: 'PostgreSQL manual, BEGIN, COMMIT, ROLLBACK, Notes; SAVEPOINT',
  examples: [
    {
      engine: 'postgresql',
      bad: 'BEGIN;\nCREATE TABLE drafts (id bigint PRIMARY KEY);\nBEGIN;\nCREATE TABLE notes (id bigint PRIMARY KEY);\nCOMMIT;',
      good: 'BEGIN;\nCREATE TABLE drafts (id bigint PRIMARY KEY);\nCREATE TABLE notes (id bigint PRIMARY KEY);\nCOMMIT;',
    },
    {
      engine: 'postgresql',
      inTransaction: true,
      bad: 'BEGIN;\nCREATE TABLE drafts (id bigint PRIMARY KEY);\nCOMMIT;',
      good: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
    },
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nCOMMIT;',
      good: 'BEGIN;\nCREATE TABLE drafts (id bigint PRIMARY KEY);\nCOMMIT;',
    },
  ],

  checkFile({ file, script }) {
    return transactionsOf(file, script).steps.flatMap((step) => {
      const message = messageFor(step);
      return message === undefined ? [] : [{ message, span: step.change.span }];
    });
  },
});

function messageFor({ change: { verb }, open }: TransactionStep): string | undefined {
  if (verb === 'begin') {
    if (open === 'none') return undefined;
    return open === 'tool'
      ? 'The tool has opened a transaction around this file, so this BEGIN opens none.'
      : 'A transaction is open already, so this BEGIN opens none, and the next COMMIT ends them all.';
  }
  const ends = verb === 'commit' ? 'COMMIT' : 'ROLLBACK';
  switch (open) {
    case 'own':
      return undefined;
    case 'tool':
      return `This ${ends} ends the transaction that the tool has opened around the file: what follows runs outside it, and so does the tool's own record of the migration.`;
    case 'none':
      return `No transaction is open here, so this ${ends} does nothing.`;
  }
}
