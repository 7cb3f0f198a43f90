import type { Site } from '../site.ts';
import { findAccount, issuesOf, must } from '../state/find.ts';
import { nodeId } from '../state/ids.ts';
import type { Label, Repository } from '../state/repository.ts';
import { userView } from './accounts.ts';
import { repositoryApi, repositoryPage } from './urls.ts';

const collections = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** Repository with the fields that every listing has. */
export function minimalRepositoryView(site: Site, repository: Repository) {
  const api = repositoryApi(site, repository);
  const urls = Object.fromEntries(Object.entries(collections).map(([name, path]) => [name, api + path]));
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    private: repository.private,
    owner: userView(site, repository.owner),
    html_url: repositoryPage(site, repository),
    description: repository.description,
    fork: repository.parentId !== null,
    url: api,
    ...urls,
  };
}

/** Repository as webhooks and most answers embed it. */
export function repositoryView(site: Site, repository: Repository) {
  const page = repositoryPage(site, repository);
  let open = 0;
  for (const issue of issuesOf(site.world, repository)) if (issue.state === 'open') open += 1;
  const forks = [...site.world.repositories.values()].filter((other) => other.parentId === repository.id).length;
  return {
    ...minimalRepositoryView(site, repository),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    git_url: `git://${page.replace(/^https?:\/\//, '')}.git`,
    ssh_url: `git@${page.replace(/^https?:\/\//, '').replace('/', ':')}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    has_pull_requests: true,
    pull_request_creation_policy: 'all',
    forks_count: forks,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    forks,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
    custom_properties: {},
  };
}

/** GitHub's `full-repository`. */
export function fullRepositoryView(site: Site, repository: Repository): object {
  const parent = repository.parentId === null ? null : site.world.repositories.get(repository.parentId);
  return {
    ...repositoryView(site, repository),
    temp_clone_token: null,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    allow_update_branch: false,
    use_squash_pr_title_as_default: false,
    squash_merge_commit_message: 'COMMIT_MESSAGES',
    squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
    merge_commit_message: 'PR_TITLE',
    merge_commit_title: 'MERGE_MESSAGE',
    network_count: 0,
    subscribers_count: 0,
    ...(parent ? { parent: repositoryView(site, parent), source: repositoryView(site, parent) } : {}),
    ...(isOrganization(site, repository.owner) ? { organization: userView(site, repository.owner) } : {}),
  };
}

export function isOrganization(site: Site, login: string): boolean {
  return must(findAccount(site.world, login), 'account', login).type === 'Organization';
}

export function labelView(site: Site, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: `${repositoryApi(site, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.default,
    description: label.description,
  };
}
