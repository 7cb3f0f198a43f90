import { needs } from '../../operations/access.ts';
import { pullsOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Repository } from '../../state/repository.ts';
import { type Context, check, type Fields } from '../context.ts';
import { type PageArguments, paged } from '../page.ts';
import { gitObject } from './git-object.ts';
import { pullFields, pullState } from './pull.ts';
import { repositoryFields } from './repository.ts';

interface PullArguments extends PageArguments {
  readonly states?: readonly string[] | null;
}

/** A branch or tag by its full name. */
export function refFields(at: Context, repository: Repository, ref: string): Fields {
  const [prefix = '', name = ''] = /^(refs\/(?:heads|tags)\/)(.+)$/.exec(ref)?.slice(1) ?? [];
  return {
    __typename: 'Ref',
    id: `REF_kw${Buffer.from(`${nodeId('Repository', repository.id)}:${ref}`).toString('base64url')}`,
    name,
    prefix,
    repository: () => repositoryFields(at, repository),
    target: () => gitObject(at, repository, repository.refs[ref] ?? ''),
    associatedPullRequests: paged(
      ({ states }: PullArguments) => {
        check(at, repository, needs.readPulls);
        return pullsOf(at.site.world, repository).filter(
          (issue) =>
            issue.pull.headRepositoryId === repository.id &&
            issue.pull.headRef === name &&
            (!states || states.includes(pullState(issue))),
        );
      },
      (issue) => pullFields(at, issue),
    ),
  };
}
