import { notFound } from '../refusal.ts';
import { apiUrl } from '../views/urls.ts';
import { ok, on } from './call.ts';

const kinds = ['core', 'search', 'graphql', 'integration_manifest'] as const;

const sorted = '{&page,per_page,sort,order}';
/** GitHub's `root`: where everything begins, also what the sandbox does not have. */
const beginnings = {
  current_user_url: '/user',
  authorizations_url: '/authorizations',
  code_search_url: `/search/code?q={query}${sorted}`,
  commit_search_url: `/search/commits?q={query}${sorted}`,
  emails_url: '/user/emails',
  emojis_url: '/emojis',
  events_url: '/events',
  feeds_url: '/feeds',
  followers_url: '/user/followers',
  following_url: '/user/following{/target}',
  gists_url: '/gists{/gist_id}',
  issue_search_url: `/search/issues?q={query}${sorted}`,
  issues_url: '/issues',
  keys_url: '/user/keys',
  label_search_url: '/search/labels?q={query}&repository_id={repository_id}{&page,per_page}',
  notifications_url: '/notifications',
  organization_url: '/orgs/{org}',
  organization_repositories_url: '/orgs/{org}/repos{?type,page,per_page,sort}',
  organization_teams_url: '/orgs/{org}/teams',
  public_gists_url: '/gists/public',
  rate_limit_url: '/rate_limit',
  repository_url: '/repos/{owner}/{repo}',
  repository_search_url: `/search/repositories?q={query}${sorted}`,
  current_user_repositories_url: '/user/repos{?type,page,per_page,sort}',
  starred_url: '/user/starred{/owner}{/repo}',
  starred_gists_url: '/gists/starred',
  topic_search_url: '/search/topics?q={query}{&page,per_page}',
  user_url: '/users/{user}',
  user_organizations_url: '/user/orgs',
  user_repositories_url: '/users/{user}/repos{?type,page,per_page,sort}',
  user_search_url: `/search/users?q={query}${sorted}`,
} as const;

export const metaRoutes = [
  on('GET', '/', ({ site }) =>
    ok({
      ...Object.fromEntries(Object.entries(beginnings).map(([name, path]) => [name, apiUrl(site) + path])),
      current_user_authorizations_html_url: `${site.url()}/settings/connections/applications{/client_id}`,
    }),
  ),
  on('GET', '/meta', ({ site }) =>
    ok({
      verifiable_password_authentication: false,
      hooks: ['127.0.0.1/32', '::1/128'],
      ...(site.world.server === null ? {} : { installed_version: site.world.server }),
    }),
  ),
  on('GET', '/rate_limit', (call) => {
    // Off on an Enterprise Server until its administrator sets them.
    if (call.site.world.server !== null) throw notFound();
    const { limit, used, reset } = call.services.allowance(call.actor);
    const core = { limit, used, remaining: Math.max(0, limit - used), reset };
    const resources = Object.fromEntries(kinds.map((kind) => [kind, core]));
    // `rate` went with version 2026-03-10.
    return ok(call.apiVersion === '2022-11-28' ? { resources, rate: core } : { resources });
  }),
  on('GET', '/zen', () => ({ status: 200, body: 'Practicality beats purity.', type: 'text/plain;charset=utf-8' })),
];
