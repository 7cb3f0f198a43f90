import type { Site } from '../site.ts';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';

export function apiUrl(site: Site): string {
  return `${site.url()}/api/v3`;
}

export function repositoryApi(site: Site, repository: Repository): string {
  return `${apiUrl(site)}/repos/${repository.owner}/${repository.name}`;
}

export function repositoryPage(site: Site, repository: Repository): string {
  return `${site.url()}/${repository.owner}/${repository.name}`;
}

/** Page of an issue or pull request. */
export function issuePage(site: Site, repository: Repository, issue: Issue): string {
  return `${repositoryPage(site, repository)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
}
