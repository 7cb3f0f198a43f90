import type { PullNow, Repository } from '../github/port.ts';
import type { Clock } from '../kernel/clock.ts';
import type { PullPicture } from './observed.ts';

/** What was read so short a time ago, in milliseconds, is as new as another answer would be when it arrives. */
const asGoodAsNewMs = 50;

/**
 * The repository with what performers look at again read once a pass: the head, the runs and the threads need one look, and
 * performers of one pass never write under the same identity twice. Where the pass had nothing to wait for after it read the
 * pull request (`read`), that was the look.
 */
export function freshReads(
  repository: Repository,
  read?: Pick<PullPicture, 'pull' | 'checks' | 'readAt'>,
  clock?: Clock,
): Repository {
  const own = memo((_: 'all') => repository.ownIssues());
  const comments = memo(repository.comments);
  const pulls = memo((name: string) => {
    const [pull = '', head = ''] = name.split(' ');
    return repository.pullNow(Number(pull), head);
  });
  if (read !== undefined && clock !== undefined && clock.now().getTime() - read.readAt.getTime() < asGoodAsNewMs) {
    const { pull, checks } = read;
    const now: PullNow = { head: pull.head.sha, state: pull.state, checks, threads: pull.threads };
    pulls.know(nameOf(pull.number, pull.head.sha), now);
    comments.know(pull.number, pull.comments);
  }
  return {
    ...repository,
    comments: comments.of,
    ownReviews: memo(repository.ownReviews).of,
    checks: memo(repository.checks).of,
    pullNow: (pull, head) => pulls.of(nameOf(pull, head)),
    ownIssues: () => own.of('all'),
  };
}

function nameOf(pull: number, head: string): string {
  return `${pull} ${head}`;
}

function memo<Key, Value>(read: (key: Key) => Promise<Value>) {
  const known = new Map<Key, Promise<Value>>();
  return {
    know(key: Key, value: Value): void {
      known.set(key, Promise.resolve(value));
    },
    of(key: Key): Promise<Value> {
      const value = known.get(key) ?? read(key);
      known.set(key, value);
      return value;
    },
  };
}
