import type { FileDiff } from '../../git/compare.ts';
import { type PullIssue, repositoryOf } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import { issuePage } from '../../views/urls.ts';
import type { Context, Fields } from '../context.ts';
import { commitFields } from './commit.ts';
import { pullFields } from './pull.ts';

const changeTypes: Readonly<Record<FileDiff['status'], string>> = {
  added: 'ADDED',
  removed: 'DELETED',
  modified: 'MODIFIED',
  renamed: 'RENAMED',
  changed: 'CHANGED',
};

export function pullFileFields(file: FileDiff): Fields {
  return {
    __typename: 'PullRequestChangedFile',
    path: file.path,
    additions: file.additions,
    deletions: file.deletions,
    changeType: changeTypes[file.status],
  };
}

export function pullCommitFields(at: Context, issue: PullIssue, oid: string): Fields {
  const repository = repositoryOf(at.site.world, issue);
  const url = `${issuePage(at.site, repository, issue)}/commits/${oid}`;
  return {
    __typename: 'PullRequestCommit',
    id: `PURC_kw${Buffer.from(`${nodeId('PullRequest', issue.pull.id)}:${oid}`).toString('base64url')}`,
    commit: () => commitFields(at, repository, oid),
    pullRequest: () => pullFields(at, issue),
    resourcePath: url.slice(at.site.url().length),
    url,
  };
}
