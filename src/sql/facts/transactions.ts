import type { Change, Script } from '../change.ts';
import type { LintFile } from '../lint/files.ts';

type Verb = Extract<Change, { kind: 'transaction' }>['verb'];

/** One BEGIN, COMMIT or ROLLBACK of a file, with what it meets. */
export interface TransactionStep {
  readonly change: Change & { readonly verb: Verb };
  /** Whether a transaction is open at this point, and whether the tool has opened it. */
  readonly open: 'none' | 'own' | 'tool';
}

/** The steps of a file's transactions in order, and the BEGIN that nothing ends. Savepoints are within one and change nothing. */
export function transactionsOf(
  file: LintFile,
  { statements }: Script,
): { readonly steps: readonly TransactionStep[]; readonly unfinished?: Change } {
  const steps: TransactionStep[] = [];
  // What one message makes a transaction is taken over by the first BEGIN (PostgreSQL source, BeginTransactionBlock).
  let open: TransactionStep['open'] = file.transaction === true && file.inOneMessage !== true ? 'tool' : 'none';
  let unfinished: Change | undefined;
  for (const change of statements.flatMap(({ changes }) => changes)) {
    if (change.kind !== 'transaction' || change.within !== undefined) continue;
    if (change.verb === 'begin') {
      steps.push({ change, open });
      if (open !== 'none') continue;
      open = 'own';
      unfinished = change;
    } else if (change.verb === 'commit' || change.verb === 'rollback') {
      steps.push({ change, open });
      open = 'none';
      unfinished = undefined;
    }
  }
  return { steps, ...(unfinished === undefined ? {} : { unfinished }) };
}
