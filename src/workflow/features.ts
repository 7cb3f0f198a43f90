import type { Feature, Repository } from '../github/port.ts';
import type { Lacked } from '../messages/lacking.ts';
import type { Action, ActionKind } from './actions.ts';
import type { Key } from './key.ts';

/** What a feature is to people, and what is done without it. `docs/deployment.md` has the same table. */
export const features: Readonly<Record<Feature, Omit<Lacked, 'reason'>>> = {
  issues: {
    what: 'Requests in issues',
    instead: 'I say nothing on issues and open no sub-issues; pull requests are reviewed all the same',
  },
  'sub-issues': {
    what: 'Sub-issues',
    since: '3.16',
    instead: 'The tasks are issues of their own, listed in the progress comment',
  },
  dependencies: {
    what: 'Dependencies between issues',
    since: '3.19',
    instead: 'Which task waits for which stands in the text of each task alone',
  },
  'pull-requests': {
    what: 'Pull requests',
    instead:
      'I review none, and do not see which task has one: a task counts when its issue is closed and its criteria hold on the default branch',
  },
  reviews: {
    what: 'Comments on lines',
    instead: 'Every finding is in the check run and the summary comment, and I cannot request changes or approve',
  },
  'resolve-threads': {
    what: 'Resolving threads',
    instead: 'I reply in a thread that is done, and leave it to you to resolve it',
  },
  checks: {
    what: 'Check runs',
    instead:
      'No check holds a merge back: the summary comment of a pull request has the verdict, and a merged task counts when its criteria hold on the default branch',
  },
  'merge-queues': {
    what: 'Merge queues',
    instead: 'A queue that requires my check waits for it in vain: require it of pull requests alone',
  },
  files: {
    what: 'Files',
    instead: 'I know neither the configuration nor the schema, and look at no migration',
  },
  'task-files': {
    what: 'Task files',
    instead: 'Where the request stands is in its comments alone',
  },
  deployments: {
    what: 'Deployments',
    instead: 'The gates of the configured environments stay open',
  },
  members: {
    what: 'Members of teams',
    instead: 'Nobody holds a role through a team, only by login',
  },
};

/** Those of the features that are lacking here, for people to read. */
export function lackedOf(without: Repository['without'], concerned: readonly Feature[]): readonly Lacked[] {
  return concerned.flatMap((feature) => {
    const reason = without.get(feature);
    return reason === undefined ? [] : [{ ...features[feature], reason }];
  });
}

/** The feature that an action takes, beside those that comment or write on an issue. */
const takes: Readonly<Partial<Record<ActionKind, Feature>>> = {
  'publish-checks': 'checks',
  'cancel-checks': 'checks',
  'post-review': 'reviews',
  'comment-on-file': 'reviews',
  'dismiss-review': 'reviews',
  'reply-in-thread': 'reviews',
  'write-task-file': 'task-files',
};

/** What of these decisions can be done here. The others would be refused each time, and have been said instead. */
export function possible(
  actions: readonly Action[],
  key: Pick<Key, 'kind'>,
  without: Repository['without'],
): readonly Action[] {
  return actions.filter(({ kind }) => {
    const feature = takes[kind];
    if (feature !== undefined && without.has(feature)) return false;
    if (key.kind === 'issue') return !without.has('issues');
    // Whoever may write on pull requests may comment on them, whatever of issues (REST reference, "Create an issue comment").
    return kind !== 'post-comment' || !without.has('issues') || !without.has('reviews');
  });
}
