import type { Change, Script } from '../change.ts';
import { type Draft, draftOf, restore, snapshot } from './draft.ts';

/**
 * Watches a script's transactions, to be told of every change that has been applied: what ROLLBACK takes back, the draft gives up
 * again (PostgreSQL manual, ROLLBACK, ROLLBACK TO SAVEPOINT). MySQL and MariaDB commit every DDL statement at once (their manuals,
 * "Statements That Cause an Implicit Commit"). Nearly no script has a ROLLBACK, and then nothing is kept.
 */
export function watchTransactions(script: Script, draft: Draft, inTransaction = false): (change: Change) => void {
  const takesBack = script.statements.some(({ changes }) =>
    changes.some((change) => change.kind === 'transaction' && change.verb.startsWith('rollback')),
  );
  const isTransactional = draft.engine === 'postgresql' || draft.engine === 'sqlite';
  if (!takesBack || !isTransactional) return () => undefined;

  const now = (): Draft => ({ ...draftOf(snapshot(draft)), temporary: new Set(draft.temporary) });
  let begun = inTransaction ? now() : undefined;
  let savepoints: readonly { readonly name: string; readonly at: Draft }[] = [];
  return (change) => {
    if (change.kind !== 'transaction') return;
    const { verb, name = '' } = change;
    switch (verb) {
      case 'begin':
        begun ??= now();
        return;
      case 'savepoint':
        savepoints = [...savepoints, { name, at: now() }];
        return;
      case 'rollback-to': {
        const index = savepoints.findLastIndex((savepoint) => savepoint.name === name);
        const savepoint = savepoints[index];
        if (savepoint === undefined) return;
        restore(draft, savepoint.at);
        savepoints = savepoints.slice(0, index + 1);
        return;
      }
      case 'rollback':
        if (begun !== undefined) restore(draft, begun);
        [begun, savepoints] = [undefined, []];
        return;
      case 'commit':
        [begun, savepoints] = [undefined, []];
        return;
      case 'release':
        return;
    }
  };
}
