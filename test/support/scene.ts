import { Octokit } from '@octokit/rest';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Engines } from '../../src/engines/engines.ts';
import { addAccount } from '../../src/sandbox/operations/accounts.ts';
import { shop, shopFiles } from '../../src/story/shop.ts';
import { type Pace, unhurried } from '../../src/workflow/pace.ts';
import { memoryCache } from './inline-store.ts';
import { life, type Shop, sharedEngines, shopSandbox, stageOn } from './replay.ts';

export const bot = 'database-lead[bot]';

const at = { owner: shop.owner, repo: shop.name } as const;

/** What people configure in these stories: nobody signs off and nothing is deployed, so that they are short. */
export const plainConfig = `databases:
  - { name: shop, engine: postgresql, version: "16", migrations: db/migrations, tables: { orders: { rows: 40000000 } } }
roles:
  technical-architect: [alice]
  project-manager: [bob]
  backend-lead: [carol]
specialists:
  database-specialist: { engines: ["*"], assignees: [grace] }
sign-off: []
`;

export const configFile = '.github/database-lead.yml';

type Login = Parameters<ReturnType<typeof stageOn>['as']>[0];
type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** One repository on a sandbox with an App that looks when it is told to, and people who act over HTTP. */
export type Scene = ReturnType<typeof sceneOn>;

/**
 * The stories of one file share their engines and what these found; each has its own sandbox. `around` stands between the App and
 * its engines.
 */
export function scenes(around: (engines: Engines) => Engines = (engines) => engines) {
  const evidence = memoryCache();
  const open: Shop[] = [];
  let engines: Engines;
  beforeAll(() => {
    engines = around(sharedEngines());
  });
  afterEach(async () => {
    for (const { sandbox } of open.splice(0)) await sandbox.close();
  });
  afterAll(() => engines.close());

  return {
    /** The shop of the example with another configuration, and with these files in place of its own or beside them. */
    async shop(files: Files = {}): Promise<Scene> {
      return this.repository({ ...(await shopFiles()), [configFile]: plainConfig, ...files });
    },
    async repository(files: Files): Promise<Scene> {
      const here = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null);
      const made = await shopSandbox(Object.fromEntries(here));
      open.push(made);
      return sceneOn(made, engines, evidence);
    },
  };
}

function sceneOn(made: Shop, engines: Engines, evidence: ReturnType<typeof memoryCache>, pace: Pace = unhurried) {
  const { sandbox } = made;
  const { as } = stageOn(sandbox);
  const ledger = { writes: 0 };
  const app = life(made, engines, evidence, ledger, pace);
  const alice = as('alice');
  const all = { ...at, per_page: 100 };

  async function comments(issue_number: number): Promise<readonly { id: number; author: string; body: string }[]> {
    const list = await alice.paginate(alice.rest.issues.listComments, { ...all, issue_number });
    return list.map(({ id, user, body }) => ({ id, author: user?.login ?? '', body: body ?? '' }));
  }

  return {
    sandbox,
    at,
    as,
    ledger,
    secret: made.secret,
    /** What the App warned of, without what it said about single keys. */
    warned: app.warned,

    /** The App looks at everything that is open, and at these besides, until nothing is left to do. */
    async settle(...numbers: readonly number[]): Promise<void> {
      await app.settle();
      for (const number of numbers) await app.look(`${at.owner}/${at.repo}#${number}`);
    },
    /** Somebody with an account on this GitHub, and no part in the repository. */
    stranger(login: string): Octokit {
      addAccount(sandbox.site, login, 'User');
      return new Octokit({ auth: sandbox.tokenOf(login), baseUrl: sandbox.apiUrl });
    },
    /** What the App's installation may do from now on, where it differs; the App hears of it. */
    async grant(permissions: Readonly<Record<string, 'read' | 'write' | 'none'>>): Promise<void> {
      await sandbox.grant(permissions);
      app.changed();
    },
    /** The App looks at what a key names; a job that fails is tried again so many times. */
    look: app.look,
    /** The App looks at a pull request, as its event would have it. */
    pullAgain: (number: number) => app.look(`${at.owner}/${at.repo}!${number}`),
    /** The App dies and is started again: nothing is left in its memory. */
    /** The same App, which leaves alone what is being pushed to; nothing that the engine found before is known to it. */
    paced: (pace: Pace) => sceneOn(made, engines, memoryCache(), pace),
    /** The time has come for what was left alone. */
    wake: () => app.wake(),
    reborn: () => sceneOn(made, engines, evidence),

    async request(title: string, body: string, by: Login = 'bob'): Promise<number> {
      const { data } = await as(by).rest.issues.create({ ...at, title, body });
      await as(by === 'bob' || by === 'alice' ? by : 'alice').rest.issues.addLabels({
        ...at,
        issue_number: data.number,
        labels: ['database'],
      });
      return data.number;
    },
    say: (by: Login, issue_number: number, body: string) =>
      as(by).rest.issues.createComment({ ...at, issue_number, body }),
    edit: (by: Login, issue_number: number, change: { title?: string; body?: string }) =>
      as(by).rest.issues.update({ ...at, issue_number, ...change }),
    setState: (by: Login, issue_number: number, state: 'open' | 'closed', state_reason?: 'not_planned' | 'completed') =>
      as(by).rest.issues.update({ ...at, issue_number, state, ...(state_reason ? { state_reason } : {}) }),

    /** Commits to a branch, which is begun at the default branch where there is none. */
    async commit(by: Login, branch: string, files: Files, from = 'main'): Promise<string> {
      const git = as(by).rest.git;
      const tip = await git.getRef({ ...at, ref: `heads/${branch}` }).catch(() => undefined);
      const parent = (tip ?? (await git.getRef({ ...at, ref: `heads/${from}` }))).data.object.sha;
      const { data: base } = await git.getCommit({ ...at, commit_sha: parent });
      const tree = await git.createTree({
        ...at,
        base_tree: base.tree.sha,
        tree: await Promise.all(
          Object.entries(files).map(async ([path, content]) => ({
            path,
            mode: '100644' as const,
            type: 'blob' as const,
            sha: content === null ? null : await blob(by, content),
          })),
        ),
      });
      const commit = await git.createCommit({ ...at, message: 'Change', tree: tree.data.sha, parents: [parent] });
      const { sha } = commit.data;
      if (tip === undefined) await git.createRef({ ...at, ref: `refs/heads/${branch}`, sha });
      else await git.updateRef({ ...at, ref: `heads/${branch}`, sha });
      return sha;
    },
    async pull(by: Login, head: string, body = '', base = 'main'): Promise<number> {
      return (await as(by).rest.pulls.create({ ...at, title: `Change ${head}`, head, base, body })).data.number;
    },
    merge: (by: Login, pull_number: number) => as(by).rest.pulls.merge({ ...at, pull_number }),

    comments,
    /** What the App said on an issue or pull request, oldest first. */
    async said(number: number): Promise<readonly string[]> {
      return (await comments(number)).filter(({ author }) => author === bot).map(({ body }) => visible(body));
    },
    async issue(issue_number: number) {
      const { data } = await alice.rest.issues.get({ ...at, issue_number });
      return {
        state: data.state,
        reason: data.state_reason,
        title: data.title,
        body: data.body ?? '',
        labels: data.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))).toSorted(),
        assignees: (data.assignees ?? []).map(({ login }) => login),
      };
    },
    /** Issues that the App opened, oldest first. */
    async tasks(): Promise<readonly { number: number; body: string; title: string }[]> {
      const list = await alice.paginate(alice.rest.issues.listForRepo, { ...all, creator: bot, state: 'all' });
      return list
        .filter(({ pull_request }) => pull_request === undefined)
        .map(({ number, body, title }) => ({ number, title, body: body ?? '' }))
        .toSorted((a, b) => a.number - b.number);
    },
    /** The latest run of each check on a commit. */
    async checks(ref: string): Promise<Readonly<Record<string, Check>>> {
      const runs = await alice.paginate(alice.rest.checks.listForRef, { ...all, ref, filter: 'all' });
      const rows = runs
        .toSorted((a, b) => a.id - b.id)
        .map(({ name, status, conclusion, output }) => [
          name,
          {
            conclusion: conclusion ?? status,
            title: output.title ?? '',
            summary: output.summary ?? '',
            annotations: output.annotations_count,
          },
        ]);
      return Object.fromEntries(rows);
    },
    async threads(pull_number: number) {
      const list = await alice.paginate(alice.rest.pulls.listReviewComments, { ...all, pull_number });
      return list.map(({ id, path, line, start_line, body, user, in_reply_to_id }) => ({
        id,
        path,
        line,
        startLine: start_line,
        body: visible(body),
        author: user.login,
        replyTo: in_reply_to_id,
      }));
    },
    /** The comment that says where the review stands. */
    async summary(pull_number: number): Promise<string> {
      const found = (await this.said(pull_number)).filter((body) => /^## Database review|^Nothing to say/.test(body));
      if (found.length !== 1) throw new Error(`there are ${found.length} summaries`);
      return found[0] ?? '';
    },
    /** Database ids of the comments that began threads which are not resolved. */
    async unresolved(pull_number: number): Promise<readonly number[]> {
      return (await threadStates(pull_number)).flatMap(({ isResolved, first }) => (isResolved ? [] : first));
    },
    async resolve(by: Login, pull_number: number, comment: number): Promise<void> {
      const thread = (await threadStates(pull_number)).find(({ first }) => first === comment);
      const mutation =
        'mutation ($threadId: ID!) { resolveReviewThread(input: { threadId: $threadId }) { clientMutationId } }';
      await as(by).graphql(mutation, { threadId: thread?.id });
    },
    async reviews(pull_number: number) {
      const list = await alice.paginate(alice.rest.pulls.listReviews, { ...all, pull_number });
      return list.filter(({ user }) => user?.login === bot).map(({ state, body }) => ({ state, body }));
    },
  };

  async function threadStates(number: number) {
    const query = `query ($owner: String!, $repo: String!, $number: Int!) { repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
      reviewThreads(first: 100) { nodes { id isResolved comments(first: 1) { nodes { databaseId } } } } } } }`;
    const { repository } = await alice.graphql<{
      repository: { pullRequest: { reviewThreads: { nodes: ThreadState[] } } };
    }>(query, { ...at, number });
    return repository.pullRequest.reviewThreads.nodes.map(({ comments, ...thread }) => ({
      ...thread,
      first: comments.nodes[0]?.databaseId ?? 0,
    }));
  }

  async function blob(by: Login, content: string | Uint8Array): Promise<string> {
    const encoded = Buffer.from(content).toString('base64');
    return (await as(by).rest.git.createBlob({ ...at, content: encoded, encoding: 'base64' })).data.sha;
  }
}

interface ThreadState {
  readonly id: string;
  readonly isResolved: boolean;
  readonly comments: { readonly nodes: readonly { readonly databaseId: number }[] };
}

interface Check {
  readonly conclusion: string;
  readonly title: string;
  readonly summary: string;
  readonly annotations: number;
}

/** Without the hidden part. */
export function visible(body: string): string {
  return body.replace(/<!-- database-lead:[\s\S]*?-->/g, '').trimEnd();
}

/** The SQL of a task's draft: up, then down. */
export function draftIn(body: string): readonly string[] {
  const [, text = ''] = body.split(/^## Draft$/m);
  return [...text.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(([, sql = '']) => sql);
}
