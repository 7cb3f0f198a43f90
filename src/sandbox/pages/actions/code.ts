import { readCommit } from '../../git/objects.ts';
import type { TreeChange } from '../../git/trees.ts';
import { entryAt } from '../../git/trees.ts';
import { visibleRepository } from '../../operations/access.ts';
import { requestAction, rerequestRun } from '../../operations/checks.ts';
import { commitChanges } from '../../operations/commits.ts';
import { addDeploymentStatus, createDeployment } from '../../operations/deployments.ts';
import { createRef } from '../../operations/refs.ts';
import { notFound, Refusal } from '../../refusal.ts';
import { homeOf, place, repositoryIn, splitPlace } from '../find.ts';
import { field, param, type Redirect, redirect, type Visit } from '../page.ts';

/** Commits an edited, new or deleted file; to a new branch it leads on to the form for a pull request. */
export async function saveFile(visit: Visit): Promise<Redirect> {
  const { site, actor } = visit;
  const repository = repositoryIn(visit);
  const { ref } = splitPlace(repository, param(visit, 'place'));
  const [path, old, base] = [field(visit, 'path').trim(), field(visit, 'old').replace(/\/$/, ''), field(visit, 'base')];
  const removed = field(visit, 'act') === 'delete';
  const git = site.gitOf(repository);
  const head = repository.refs[`refs/heads/${ref}`];
  if (!head) throw notFound();
  if (head !== base)
    throw new Refusal(
      409,
      'Somebody else has committed to this branch in the meantime. Look at the file again before you change it.',
    );
  const before = old === '' ? null : await entryAt(git, (await readCommit(git, head)).tree, old);
  const isFile = before?.type === 'blob';
  const changes: TreeChange[] = removed
    ? []
    : [{ path, content: field(visit, 'text'), mode: isFile && before ? before.mode : '100644' }];
  if (isFile && (removed || path !== old)) changes.unshift({ path: old, delete: true });
  let branch = ref;
  if (field(visit, 'target') === 'new') {
    branch = field(visit, 'branch').trim() || `patch-${repository.nextNumber}`;
    await createRef(site, actor, repository, `refs/heads/${branch}`, head);
  }
  const verb = removed ? 'Delete' : isFile ? 'Update' : 'Create';
  await commitChanges(site, actor, repository, {
    branch,
    message: field(visit, 'message').trim() || `${verb} ${removed ? old : path}`,
    changes,
    expectedHead: head,
  });
  if (branch !== ref)
    return redirect(`${homeOf(repository)}/compare?${new URLSearchParams({ base: ref, head: branch }).toString()}`);
  return redirect(
    removed ? `${homeOf(repository)}/tree/${place(branch, '')}` : `${homeOf(repository)}/blob/${place(branch, path)}`,
  );
}

function runIn(visit: Visit) {
  const repository = visibleRepository(visit.site, visit.actor, param(visit, 'owner'), param(visit, 'repo'));
  const run = visit.site.world.checkRuns.get(Number(param(visit, 'id')));
  if (run?.repositoryId !== repository.id) throw notFound();
  return { run, path: `${homeOf(repository)}/runs/${run.id}` };
}

export async function rerun(visit: Visit): Promise<Redirect> {
  const { run, path } = runIn(visit);
  await rerequestRun(visit.site, visit.actor, run);
  return redirect(path);
}

export async function pressButton(visit: Visit): Promise<Redirect> {
  const { run, path } = runIn(visit);
  await requestAction(visit.site, visit.actor, run, field(visit, 'identifier'));
  return redirect(path);
}

/** Starts a deployment of exactly what was asked for: GitHub's defaults would merge first and demand every check. */
export async function deploy(visit: Visit): Promise<Redirect> {
  const repository = repositoryIn(visit);
  await createDeployment(visit.site, visit.actor, repository, {
    ref: field(visit, 'ref').trim(),
    environment: field(visit, 'environment').trim(),
    autoMerge: false,
    requiredContexts: [],
  });
  return redirect(`${homeOf(repository)}/deployments`);
}

export async function reportDeployment(visit: Visit): Promise<Redirect> {
  const repository = repositoryIn(visit);
  const deployment = visit.site.world.deployments.get(Number(param(visit, 'id')));
  if (deployment?.repositoryId !== repository.id) throw notFound();
  await addDeploymentStatus(visit.site, visit.actor, deployment, {
    state: field(visit, 'state'),
    description: field(visit, 'description'),
  });
  return redirect(`${homeOf(repository)}/deployments`);
}
