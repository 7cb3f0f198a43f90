import { closed, comment, conclusion, type SubIssue, subIssues } from './looks.ts';
import { careless, type Draft, draftOf } from './migrations.ts';
import { type Stage, until } from './stage.ts';

/** What the project manager writes. The type of the new column is left open: one question has to come. */
export const request = {
  title: 'Coupons for orders',
  body: `Marketing wants coupons.

- Add a \`coupon_code\` column to \`orders\`.
- Add an index on orders (placed_at), because support searches orders by time.
`,
} as const;

/** Plays the example story from the request to the report. Throws `Missing` with what did not happen. */
export async function play(stage: Stage): Promise<{ readonly issue: number }> {
  const issue = await ask(stage);
  await answer(stage, issue);
  const tasks = await planned(stage, issue);
  const children = await subIssues(stage, issue, tasks);
  for (const { number, title, assignees } of children)
    stage.tell(`database-lead hands out #${number} to ${assignees.join(', ') || 'nobody'}: ${title}`);
  await stage.pause();

  let head = '';
  // Somebody in a hurry leaves out what keeps an index build from stopping the shop.
  const hurried = children.find(({ body }) => / CONCURRENTLY/i.test(body));
  for (const [index, child] of children.entries()) head = await work(stage, child, 13 + index, child === hurried);
  await signOff(stage, issue);
  for (const environment of ['development', 'staging']) await deploy(stage, environment, head);

  await comment(stage, issue, /^## Done/, 'the report');
  await closed(stage, issue);
  stage.tell(`database-lead reports on #${issue} and closes it`);
  return { issue };
}

async function ask(stage: Stage): Promise<number> {
  const { owner, repo } = stage;
  const bob = stage.as('bob');
  const { data } = await bob.rest.issues.create({ owner, repo, ...request });
  stage.tell(`bob (project manager) opens #${data.number}: ${request.title}`);
  await stage.pause();
  await bob.rest.issues.addLabels({ owner, repo, issue_number: data.number, labels: ['database'] });
  stage.tell(`bob puts the label "database" on #${data.number}`);
  await comment(stage, data.number, /I have taken this database request/, 'the acknowledgement');
  stage.tell('database-lead acknowledges the request');
  return data.number;
}

async function answer(stage: Stage, issue: number): Promise<void> {
  const { owner, repo } = stage;
  const asked = await comment(stage, issue, /before I plan this I need/, 'a question');
  const [, number = '1', question = ''] = /^(\d+)\. \([^)]*\) (.*)$/m.exec(asked.text) ?? [];
  stage.tell(`database-lead asks: ${question}`);
  await stage.pause();
  const body = `${number}: text`;
  await stage.as('bob').rest.issues.createComment({ owner, repo, issue_number: issue, body });
  stage.tell(`bob answers "${body}"`);
}

async function planned(stage: Stage, issue: number): Promise<number> {
  const plan = await comment(stage, issue, /^## Plan: /, 'a plan');
  const [heading = ''] = plan.text.split('\n');
  const proof = /\*\*(Proven on [^*]+)\*\*/.exec(plan.text)?.[1] ?? '';
  stage.tell(`database-lead posts a ${heading.replace('## Plan', 'plan')}. ${proof}`);
  await stage.pause();
  return Number(/in (\d+) task/.exec(heading)?.[1] ?? 0);
}

/** The specialist's pull request for one task; returns the commit of its merge. */
async function work(stage: Stage, child: SubIssue, version: number, inAHurry: boolean): Promise<string> {
  const draft = draftOf(child, version, `task_${child.number}`);
  const branch = `db/${child.number}-${draft.name.slice(5)}`;
  const pull = await openPull(stage, child, branch, inAHurry ? careless(draft) : draft);
  if (inAHurry) {
    const verdict = await conclusion(stage, pull.head, 'database-lead');
    stage.tell(`database-lead reviews #${pull.number}: ${verdict.conclusion}, ${verdict.title}`);
    await comment(stage, child.number, /needs a revision/, 'the revision on the sub-issue');
    await stage.pause();
    pull.head = await push(stage, branch, draft, 'Take the locks one at a time, and not for long');
    stage.tell(`grace pushes a fix to #${pull.number}`);
  }
  const verdict = await conclusion(stage, pull.head, 'database-lead');
  stage.tell(`database-lead on #${pull.number}: ${verdict.conclusion}, ${verdict.title}`);
  await stage.pause();

  const { owner, repo } = stage;
  const merged = await stage.as('carol').rest.pulls.merge({ owner, repo, pull_number: pull.number, sha: pull.head });
  stage.tell(`carol (backend lead) merges #${pull.number}`);
  await closed(stage, child.number);
  return merged.data.sha;
}

async function openPull(
  stage: Stage,
  child: SubIssue,
  branch: string,
  draft: Draft,
): Promise<{ readonly number: number; head: string }> {
  const { owner, repo } = stage;
  const grace = stage.as('grace');
  const main = await grace.rest.git.getRef({ owner, repo, ref: 'heads/main' });
  await grace.rest.git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha: main.data.object.sha });
  const head = await push(stage, branch, draft, child.title);
  const { data } = await grace.rest.pulls.create({
    owner,
    repo,
    title: child.title,
    head: branch,
    base: 'main',
    body: `Closes #${child.number}`,
  });
  stage.tell(`grace (database specialist) opens #${data.number} for #${child.number}`);
  return { number: data.number, head };
}

async function push(stage: Stage, branch: string, { name, up, down }: Draft, message: string): Promise<string> {
  const { owner, repo } = stage;
  const grace = stage.as('grace');
  let head = '';
  for (const [direction, text] of [
    ['up', up],
    ['down', down],
  ] as const) {
    if (text === '') continue;
    const path = `db/migrations/${name}.${direction}.sql`;
    const sha = await blobAt(stage, path, branch);
    const { data } = await grace.rest.repos.createOrUpdateFileContents({
      owner,
      repo,
      path,
      branch,
      message,
      content: Buffer.from(text).toString('base64'),
      ...(sha === undefined ? {} : { sha }),
    });
    head = data.commit.sha ?? '';
  }
  return head;
}

async function blobAt(stage: Stage, path: string, ref: string): Promise<string | undefined> {
  const { owner, repo } = stage;
  try {
    const { data } = await stage.as('grace').rest.repos.getContent({ owner, repo, path, ref });
    return Array.isArray(data) ? undefined : data.sha;
  } catch {
    return undefined;
  }
}

async function signOff(stage: Stage, issue: number): Promise<void> {
  const { owner, repo } = stage;
  await comment(stage, issue, /Before I report, I need/, 'the request for sign-offs');
  stage.tell('database-lead asks for the sign-offs');
  for (const [login, role] of [
    ['carol', 'backend-lead'],
    ['dan', 'qa-lead'],
  ] as const) {
    await stage.as(login).rest.issues.createComment({ owner, repo, issue_number: issue, body: `/db sign-off ${role}` });
    stage.tell(`${login} signs off as ${role}`);
    await stage.pause();
  }
}

async function deploy(stage: Stage, environment: string, ref: string): Promise<void> {
  const { owner, repo } = stage;
  const erin = stage.as('erin');
  const { data } = await erin.rest.repos.createDeployment({
    owner,
    repo,
    ref,
    environment,
    auto_merge: false,
    required_contexts: [],
  });
  if (!('id' in data)) throw new Error(`no deployment to ${environment} was made`);
  await erin.rest.repos.createDeploymentStatus({ owner, repo, deployment_id: data.id, state: 'success' });
  stage.tell(`erin (devops lead) deploys ${ref.slice(0, 7)} to ${environment}`);
  await until(stage, `the deployment to ${environment}`, async () => {
    const statuses = await erin.rest.repos.listDeploymentStatuses({ owner, repo, deployment_id: data.id });
    return statuses.data.some(({ state }) => state === 'success') ? true : undefined;
  });
}
