import type { Repository } from '../github/port.ts';

/**
 * The repository with what performers look at again read once a pass: the head, the runs and the threads need one look, and
 * performers of one pass never write under the same identity twice.
 */
export function freshReads(repository: Repository): Repository {
  const memo = <Key, Value>(read: (key: Key) => Promise<Value>) => {
    const known = new Map<Key, Promise<Value>>();
    return (key: Key) => {
      const value = known.get(key) ?? read(key);
      known.set(key, value);
      return value;
    };
  };
  const own = memo((_: 'all') => repository.ownIssues());
  const pulls = new Map<string, ReturnType<Repository['pullNow']>>();
  return {
    ...repository,
    comments: memo(repository.comments),
    ownReviews: memo(repository.ownReviews),
    checks: memo(repository.checks),
    pullNow(pull, head) {
      const name = `${pull} ${head}`;
      const now = pulls.get(name) ?? repository.pullNow(pull, head);
      pulls.set(name, now);
      return now;
    },
    ownIssues: () => own('all'),
  };
}
