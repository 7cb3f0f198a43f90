import { needs, permit } from '../operations/access.ts';
import { resolveCommit } from '../operations/resolve.ts';
import { createStatus, statusesOf } from '../operations/statuses.ts';
import { Refusal } from '../refusal.ts';
import { statusView } from '../views/check.ts';
import { minimalRepositoryView } from '../views/repository.ts';
import { repositoryApi } from '../views/urls.ts';
import { field, nullableText, text } from './body.ts';
import { type Call, ok, on, param, type Reply, repositoryIn } from './call.ts';
import { links, listed, slice } from './page.ts';

async function commitIn(call: Call) {
  const repository = repositoryIn(call);
  permit(call.site, call.actor, repository, needs.readStatuses);
  const sha = await resolveCommit(call.site, repository, param(call, 'ref'));
  if (!sha) throw new Refusal(422, `No commit found for SHA: ${param(call, 'ref')}`);
  return { repository, sha };
}

async function combined(call: Call): Promise<Reply> {
  const { repository, sha } = await commitIn(call);
  const latest = new Map<string, ReturnType<typeof statusesOf>[number]>();
  for (const status of statusesOf(call.site, repository, sha))
    if (!latest.has(status.context)) latest.set(status.context, status);
  const all = [...latest.values()];
  const bad = all.some(({ state }) => state === 'error' || state === 'failure');
  const state = bad
    ? 'failure'
    : all.length === 0 || all.some((one) => one.state === 'pending')
      ? 'pending'
      : 'success';
  const api = repositoryApi(call.site, repository);
  return {
    ...ok({
      state,
      statuses: slice(call, all).map((status) => {
        const { creator: _, ...rest } = statusView(call.site, status);
        return rest;
      }),
      sha,
      total_count: all.length,
      repository: minimalRepositoryView(call.site, repository),
      commit_url: `${api}/commits/${sha}`,
      url: `${api}/commits/${sha}/status`,
    }),
    headers: links(call, all.length),
  };
}

export const statusRoutes = [
  on('POST', '/repos/:owner/:repo/statuses/:sha', async (call) => {
    const status = await createStatus(call.site, call.actor, repositoryIn(call), param(call, 'sha'), {
      state: field(call, 'state'),
      context: text(call, 'context'),
      description: nullableText(call, 'description'),
      targetUrl: nullableText(call, 'target_url'),
    });
    return ok(statusView(call.site, status), 201);
  }),
  on('GET', '/repos/:owner/:repo/commits/*ref/statuses', async (call) => {
    const { repository, sha } = await commitIn(call);
    return listed(call, statusesOf(call.site, repository, sha), (status) => statusView(call.site, status));
  }),
  on('GET', '/repos/:owner/:repo/commits/*ref/status', combined),
];
