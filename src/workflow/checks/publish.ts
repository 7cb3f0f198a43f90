import type { RunFacts } from '../../github/port.ts';
import type { Action, ActionOf } from '../actions.ts';
import { checkWrites, type WantedCheck } from './runs.ts';

type Publish = ActionOf<'publish-checks'>;

/** The action that makes these check runs say so; nothing when all do. `pull`: the pull request whose head they stand on. */
export function ensureChecks(
  runs: readonly RunFacts[],
  wanted: readonly WantedCheck[],
  pull?: number,
): readonly Action[] {
  const missing = wanted.filter((check) => checkWrites(runs, check).length > 0);
  const [first] = missing;
  if (first === undefined) return [];
  return [
    {
      kind: 'publish-checks',
      why: missing.map(({ name, title }) => `${name}: ${title}`).join('; '),
      head: first.head,
      ...(pull === undefined ? {} : { pull }),
      checks: missing,
    },
  ];
}

/**
 * All check runs that steps decided on, in one action and so in one request. It comes last: a required check that succeeds may
 * set a merge off, and what there is to say should have been said by then.
 */
export function inOneWrite(actions: readonly Action[]): readonly Action[] {
  const publishing = actions.filter((action): action is Publish => action.kind === 'publish-checks');
  const [first] = publishing;
  if (first === undefined) return actions;
  return [
    ...actions.filter(({ kind }) => kind !== 'publish-checks'),
    {
      ...first,
      why: publishing.map(({ why }) => why).join('; '),
      checks: publishing.flatMap(({ checks }) => checks),
    },
  ];
}
