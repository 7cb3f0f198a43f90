import { readCommit } from '../git/objects.ts';
import { needs, permit, roleOf } from '../operations/access.ts';
import { assignable } from '../operations/assignees.ts';
import { forkRepository, protectBranch } from '../operations/repositories.ts';
import { notFound } from '../refusal.ts';
import { findAccount, protectionOf } from '../state/find.ts';
import type { BranchProtection, Repository } from '../state/repository.ts';
import { roleFlags, userView } from '../views/accounts.ts';
import { commitView } from '../views/git.ts';
import { fullRepositoryView } from '../views/repository.ts';
import { repositoryApi } from '../views/urls.ts';
import { field, flag, integer, names, objects } from './body.ts';
import { type Call, gitIn, noContent, ok, on, param, type Reply, repositoryIn, wrongType } from './call.ts';
import { listed } from './page.ts';

function branchesOf(repository: Repository): { readonly name: string; readonly sha: string }[] {
  return Object.entries(repository.refs)
    .filter(([ref]) => ref.startsWith('refs/heads/'))
    .map(([ref, sha]) => ({ name: ref.slice('refs/heads/'.length), sha }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function protectionSummary(protection: BranchProtection | undefined) {
  return {
    enabled: protection !== undefined,
    required_status_checks: {
      enforcement_level: protection && protection.requiredChecks.length > 0 ? 'non_admins' : 'off',
      contexts: protection?.requiredChecks ?? [],
      checks: (protection?.requiredChecks ?? []).map((context) => ({ context, app_id: null })),
    },
  };
}

function protectionUrl(call: Call, repository: Repository, branch: string): string {
  return `${repositoryApi(call.site, repository)}/branches/${encodeURIComponent(branch)}/protection`;
}

async function getBranch(call: Call): Promise<Reply> {
  const { repository, git } = gitIn(call);
  permit(call.site, call.actor, repository, needs.readContents);
  const name = param(call, 'branch');
  const sha = repository.refs[`refs/heads/${name}`];
  if (!sha) throw notFound();
  const url = `${repositoryApi(call.site, repository)}/branches/${encodeURIComponent(name)}`;
  return ok({
    name,
    commit: commitView(call.site, repository, await readCommit(git, sha)),
    _links: { self: url, html: `${call.site.url()}/${repository.owner}/${repository.name}/tree/${name}` },
    protected: protectionOf(repository, name) !== undefined,
    protection: protectionSummary(protectionOf(repository, name)),
    protection_url: protectionUrl(call, repository, name),
  });
}

function listBranches(call: Call): Promise<Reply> {
  const { site } = call;
  const repository = repositoryIn(call);
  permit(site, call.actor, repository, needs.readContents);
  return listed(call, branchesOf(repository), ({ name, sha }) => ({
    name,
    commit: { sha, url: `${repositoryApi(site, repository)}/commits/${sha}` },
    protected: protectionOf(repository, name) !== undefined,
    protection: protectionSummary(protectionOf(repository, name)),
    protection_url: protectionUrl(call, repository, name),
  }));
}

function protectionView(call: Call, repository: Repository, branch: string, protection: BranchProtection) {
  const url = protectionUrl(call, repository, branch);
  return {
    url,
    ...(protection.requiresPullRequest
      ? {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: false,
            require_code_owner_reviews: false,
            required_approving_review_count: protection.requiredApprovals,
            require_last_push_approval: false,
          },
        }
      : {}),
    ...(protection.requiredChecks.length > 0
      ? {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: false,
            contexts: protection.requiredChecks,
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: protection.requiredChecks.map((context) => ({ context, app_id: null })),
          },
        }
      : {}),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforceAdmins },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  };
}

/** One object of a body, read as a body of its own; `null` when it is left out or empty on purpose. */
function part(call: Call, name: string): Call | null {
  const value = field(call, name);
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType(name, value, 'object');
  return { ...call, body: value as Readonly<Record<string, unknown>> };
}

/** Contexts by name, or, as GitHub has it now, by checks. */
function contextsIn(checks: Call): string[] {
  const listed = objects(checks, 'checks');
  if (listed === undefined) return names(checks, 'contexts') ?? [];
  return listed.map(({ context }) => {
    if (typeof context !== 'string') throw wrongType('context', context, 'string');
    return context;
  });
}

async function putProtection(call: Call): Promise<Reply> {
  const repository = repositoryIn(call);
  const branch = param(call, 'branch');
  const reviews = part(call, 'required_pull_request_reviews');
  const checks = part(call, 'required_status_checks');
  const protection: BranchProtection = {
    requiresPullRequest: reviews !== null,
    requiredApprovals: (reviews && integer(reviews, 'required_approving_review_count')) ?? 0,
    requiredChecks: checks ? contextsIn(checks) : [],
    enforceAdmins: flag(call, 'enforce_admins') ?? false,
  };
  await protectBranch(call.site, call.actor, repository, branch, protection);
  return ok(protectionView(call, repository, branch, protection));
}

function permissionOf(call: Call): Reply {
  const repository = repositoryIn(call);
  permit(call.site, call.actor, repository, { role: 'write', app: [['metadata', 'read']] });
  const account = findAccount(call.site.world, param(call, 'login'));
  if (!account) throw notFound();
  const role = roleOf(call.site, repository, account.login);
  // The older field knows four words only; `role_name` says it exactly.
  const legacy = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
  const user = { ...userView(call.site, account.login), permissions: roleFlags(role), role_name: role };
  return ok({ permission: legacy, role_name: role, user });
}

export const repositoryRoutes = [
  on('GET', '/repos/:owner/:repo', (call) => {
    const repository = repositoryIn(call);
    const role = call.actor.kind === 'user' ? roleOf(call.site, repository, call.actor.login) : 'none';
    return ok({ ...fullRepositoryView(call.site, repository), permissions: roleFlags(role) });
  }),
  on('POST', '/repos/:owner/:repo/forks', async (call) => {
    const fork = await forkRepository(call.site, call.actor, repositoryIn(call));
    return ok(fullRepositoryView(call.site, fork), 202);
  }),
  on('GET', '/repos/:owner/:repo/branches', listBranches),
  on('GET', '/repos/:owner/:repo/branches/*branch/protection', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, { role: 'admin', app: [['administration', 'read']] });
    const branch = param(call, 'branch');
    const protection = protectionOf(repository, branch);
    if (!protection) throw notFound();
    return ok(protectionView(call, repository, branch, protection));
  }),
  on('PUT', '/repos/:owner/:repo/branches/*branch/protection', putProtection),
  on('DELETE', '/repos/:owner/:repo/branches/*branch/protection', async (call) => {
    await protectBranch(call.site, call.actor, repositoryIn(call), param(call, 'branch'), null);
    return noContent;
  }),
  on('GET', '/repos/:owner/:repo/branches/*branch', getBranch),
  on('GET', '/repos/:owner/:repo/collaborators/:login/permission', permissionOf),
  on('GET', '/repos/:owner/:repo/collaborators/:login', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, { role: 'write', app: [['metadata', 'read']] });
    const wanted = param(call, 'login').toLowerCase();
    const known = [repository.owner, ...Object.keys(repository.collaborators)].map((login) => login.toLowerCase());
    if (!known.includes(wanted)) throw notFound();
    return noContent;
  }),
  on('GET', '/repos/:owner/:repo/assignees', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, needs.readMetadata);
    const logins = Object.keys(repository.collaborators).filter((login) => assignable(call.site, repository, login));
    return listed(call, logins, (login) => userView(call.site, login));
  }),
  on('GET', '/repos/:owner/:repo/assignees/:login', (call) => {
    const repository = repositoryIn(call);
    permit(call.site, call.actor, repository, needs.readMetadata);
    if (!assignable(call.site, repository, param(call, 'login'))) throw notFound();
    return noContent;
  }),
];
