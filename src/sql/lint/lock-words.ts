import { blocksReads, modeWords, type RelationLock } from '../facts/locks/index.ts';
import { display, keyOf } from '../name.ts';
import type { Verdict } from '../rule.ts';

/** So many relations are named; of more, how many there are. */
const most = 3;

/**
 * One sentence on locks for which others wait: `It takes ACCESS EXCLUSIVE on \`orders\`: reads and writes wait.` `undefined`
 * where nobody waits.
 */
export function lockSentence(locks: readonly RelationLock[]): string | undefined {
  const modes = new Map(locks.map(({ relation, mode }) => [keyOf(relation), mode]));
  // Whoever waits for the table waits for its index too.
  const said = locks.filter(({ of, mode }) => of === undefined || modes.get(keyOf(of)) !== mode);
  const byMode = Map.groupBy(said, ({ mode }) => mode);
  const parts = [...byMode].map(([mode, group]) => ({
    what: `${modeWords(mode)} on ${named(group)}`,
    waits: blocksReads(mode) ? 'reads and writes wait' : 'writes wait',
  }));
  const [only] = parts;
  if (only === undefined) return undefined;
  if (parts.length === 1) return `It takes ${only.what}: ${only.waits}.`;
  return `It takes ${listed(parts.map(({ what, waits }) => `${what} (${waits})`))}.`;
}

/** A verdict with the locks for which others wait, unless it names one itself. */
export function withLocks(verdict: NonNullable<Verdict>, locks: readonly RelationLock[]): NonNullable<Verdict> {
  const message = typeof verdict === 'string' ? verdict : verdict.message;
  const sentence = /\b(?:ACCESS|ROW|UPDATE) EXCLUSIVE\b|\bSHARE on\b/.test(message) ? undefined : lockSentence(locks);
  if (sentence === undefined) return verdict;
  const said = `${message} ${sentence}`;
  return typeof verdict === 'string' ? said : { ...verdict, message: said };
}

function named(locks: readonly RelationLock[]): string {
  const names = locks.map(({ relation }) => `\`${display(relation)}\``);
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : listed(names);
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
