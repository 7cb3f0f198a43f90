import type { Site } from '../site.ts';
import type { Account, App, Installation, Role } from '../state/accounts.ts';
import { findAccount, must } from '../state/find.ts';
import { nodeId } from '../state/ids.ts';
import { apiUrl } from './urls.ts';

/** GitHub's `simple-user`. */
export function userView(site: Site, login: string) {
  return accountView(site, must(findAccount(site.world, login), 'account', login));
}

export function accountView(site: Site, account: Account) {
  const url = `${apiUrl(site)}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${site.url()}/_sandbox/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url:
      account.type === 'Bot'
        ? `${site.url()}/apps/${account.login.replace(/\[bot\]$/, '')}`
        : `${site.url()}/${account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** GitHub's `public-user`, as `GET /users/{login}` answers. */
export function publicUserView(site: Site, account: Account) {
  return {
    ...accountView(site, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

/** How webhooks show an organization. */
export function organizationView(site: Site, account: Account) {
  const url = `${apiUrl(site)}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${site.url()}/_sandbox/avatars/${account.id}`,
    description: '',
  };
}

/** GitHub's `integration`. */
export function appView(site: Site, app: App) {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: userView(site, app.owner),
    name: app.name,
    description: '',
    external_url: site.url(),
    html_url: `${site.url()}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

/** `performed_via_github_app`: the App, or `null` for a person. */
export function performedVia(site: Site, appId: number | null) {
  return appId === null ? null : appView(site, must(site.world.apps.get(appId), 'App', appId));
}

export function installationView(site: Site, installation: Installation) {
  const app = must(site.world.apps.get(installation.appId), 'App', installation.appId);
  const account = must(findAccount(site.world, installation.account), 'account', installation.account);
  return {
    id: installation.id,
    client_id: app.clientId,
    account: accountView(site, account),
    repository_selection: installation.repositorySelection,
    access_tokens_url: `${apiUrl(site)}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${apiUrl(site)}/installation/repositories`,
    html_url: `${site.url()}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspendedAt,
  };
}

/** The permission flags that GitHub lists beside a role. */
export function roleFlags(role: Role) {
  const rank = ['none', 'read', 'triage', 'write', 'maintain', 'admin'].indexOf(role);
  return { admin: rank >= 5, maintain: rank >= 4, push: rank >= 3, triage: rank >= 2, pull: rank >= 1 };
}
