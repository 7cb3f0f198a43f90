import { describe, expect, it } from 'vitest';
import { appManifest } from '../../src/cli/manifest.ts';
import { configFile, draftIn, plainConfig, type Scene, scenes } from '../support/scene.ts';

const stage = scenes();
const path = 'db/migrations/0013_index.up.sql';
const careless = "SET lock_timeout = '3s';\nCREATE INDEX orders_placed_at ON orders (placed_at);\n";

type Grants = Readonly<Record<string, 'read' | 'none'>>;

/** A request and a pull request before an App that has less than it asked for. */
async function without(grants: Grants, config = plainConfig) {
  const scene = await stage.shop({ [configFile]: config });
  await scene.grant(grants);
  return play(scene);
}

async function play(scene: Scene) {
  const issue = await scene.request('Notes', 'Add a nullable text column `note` to `orders`.', 'alice');
  const head = await scene.commit('grace', 'work', { [path]: careless });
  const pull = await scene.pull('grace', 'work');
  await scene.settle();
  // Nothing is said again when nothing has changed.
  await scene.settle(issue);
  await scene.pullAgain(pull);
  return { scene, issue, head, pull };
}

/** What there is to see after the stories: where which words stand. */
async function seen({ scene, issue, head, pull }: Awaited<ReturnType<typeof play>>) {
  const [onIssue, onPull, checks, threads, tasks] = await Promise.all([
    scene.said(issue),
    scene.said(pull),
    scene.checks(head),
    scene.threads(pull),
    scene.tasks(),
  ]);
  return {
    onIssue,
    progress: onIssue.filter((body) => body.startsWith('## Progress')).join(),
    summary: onPull.filter((body) => body.startsWith('## Database review')).join(),
    others: onPull.filter((body) => !body.startsWith('## Database review')),
    verdict: checks['database-lead']?.conclusion,
    check: checks['database-lead/review']?.summary ?? '',
    threads: threads.length,
    tasks: tasks.length,
    warned: scene.warned,
  };
}

type Seen = Awaited<ReturnType<typeof seen>>;

interface Row {
  readonly name: string;
  readonly grants: Grants;
  readonly config?: string;
  /** What still works: a plan with its sub-issue, threads on lines, the required check. */
  readonly plans: boolean;
  readonly threads: boolean;
  readonly verdict?: string;
  /** Words that stand once, by where they stand, and nowhere else. */
  readonly says: Partial<Record<'progress' | 'summary' | 'check', RegExp>>;
  /** The features that the log warns of, each once. */
  readonly warns: readonly string[];
}

const works = { plans: true, threads: true, verdict: 'failure', says: {} } as const;
const lineless =
  /Comments on lines: the installation lacks the permission `pull_requests: write`\. Every finding is in the check run/;

const rows: readonly Row[] = [
  { ...works, name: 'issues', grants: { issues: 'none' }, plans: false, warns: ['issues'] },
  { ...works, name: 'issues to write', grants: { issues: 'read' }, plans: false, warns: ['issues'] },
  {
    ...works,
    name: 'pull_requests',
    grants: { pull_requests: 'none' },
    threads: false,
    verdict: undefined as never,
    says: { progress: /Pull requests: the installation lacks the permission `pull_requests: read`\. I review none/ },
    warns: ['pull-requests', 'reviews'],
  },
  {
    ...works,
    name: 'pull_requests to write',
    grants: { pull_requests: 'read' },
    threads: false,
    says: { summary: lineless, check: lineless },
    warns: ['reviews'],
  },
  {
    ...works,
    name: 'pull_requests and issues to write',
    grants: { pull_requests: 'read', issues: 'read' },
    plans: false,
    threads: false,
    says: {
      check: /Comments on lines: [\s\S]*Requests in issues: the installation lacks the permission `issues: write`/,
    },
    warns: ['issues', 'reviews'],
  },
  ...(['none', 'read'] as const).map(
    (level): Row => ({
      ...works,
      name: `checks (${level})`,
      grants: { checks: level },
      verdict: undefined as never,
      says: {
        summary:
          /Check runs: the installation lacks the permission `checks: write`\. No check holds a merge back: the summary comment/,
        progress: /Check runs: the installation lacks the permission `checks: write`/,
      },
      warns: ['checks'],
    }),
  ),
  {
    ...works,
    name: 'contents to write',
    grants: { contents: 'read' },
    config: `${plainConfig}mdtm: { path: .mdtm/tasks }\n`,
    says: {
      progress: /Task files: the installation lacks the permission `contents: write`/,
      summary: /Resolving threads: the installation lacks the permission `contents: write`\. I reply/,
    },
    warns: ['task-files', 'resolve-threads'],
  },
  {
    ...works,
    name: 'deployments',
    grants: { deployments: 'none' },
    config: `${plainConfig}environments: [staging]\n`,
    says: {
      progress:
        /cannot be seen: the installation lacks the permission `deployments: read`[\s\S]*Deployments: the installation lacks/,
    },
    warns: ['deployments'],
  },
  {
    ...works,
    name: 'members',
    grants: { members: 'none' },
    config: plainConfig.replace('[carol]', '[carol, acme/backend]'),
    says: {
      summary: /`roles\.backend-lead` is `acme\/backend`; allowed: logins, not teams: .* permission members: read/,
    },
    warns: ['members'],
  },
  { ...works, name: 'merge_queues', grants: { merge_queues: 'none' }, warns: ['merge-queues'] },
];

describe('an installation without', () => {
  it.each(rows)('$name', async ({ grants, config, plans, threads, verdict, says, warns }) => {
    const all = await seen(await without(grants, config));
    expect(all.tasks).toBe(plans ? 1 : 0);
    if (!plans) expect(all.onIssue).toEqual([]);
    expect(all.threads > 0).toBe(threads);
    expect(all.verdict).toBe(verdict);
    for (const place of ['progress', 'summary', 'check'] as const) {
      const words = says[place];
      if (words === undefined) expect(all[place]).not.toMatch(/What I cannot do here/);
      else expect(all[place]).toMatch(words);
    }
    expect(all.onIssue.filter((body) => body.includes('I cannot `'))).toEqual([]);
    expect(warnings(all)).toEqual(warns.toSorted());
    for (const { feature, remedy } of all.warned) if (feature !== undefined) expect(remedy).toMatch(/Grant the App/);
  });

  it('contents to read says so, and never that there is nothing', async () => {
    const story = await without({ contents: 'none' });
    const { scene, head } = story;
    const all = await seen(story);
    expect(
      all.onIssue.filter((body) => /I cannot read the files of this repository: .*`contents: read`/.test(body)),
    ).toHaveLength(1);
    expect(all.onIssue.filter((body) => body.includes('I found no migrations'))).toEqual([]);
    expect(all.tasks).toBe(0);
    expect((await scene.checks(head))['database-lead']).toMatchObject({
      conclusion: 'neutral',
      title: 'Not looked at: contents: read is missing',
    });

    await scene.sandbox.grant({ contents: 'write' });
    await scene.grant({});
    await scene.settle();
    const later = await seen(story);
    expect(later).toMatchObject({ verdict: 'failure', tasks: 1 });
    expect(later.onIssue.join()).not.toContain('I cannot read the files');
  });

  it('each permission that the App asks for has its row', async () => {
    const { permissions } = await appManifest();
    const { metadata: _, ...optional } = permissions;
    const taken = new Set(rows.flatMap(({ grants }) => Object.keys(grants)));
    expect([...taken].toSorted()).toEqual(Object.keys(optional).toSorted());
  });

  it('any to write with writes nothing and has it all in the log', async () => {
    const story = await without({ issues: 'read', pull_requests: 'read', checks: 'read', contents: 'read' });
    expect(story.scene.ledger.writes).toBe(0);
    const all = await seen(story);
    expect(warnings(all)).toEqual(['checks', 'issues', 'resolve-threads', 'reviews', 'task-files']);
    const words = all.warned.find(({ feature }) => feature === 'checks');
    expect(words).toMatchObject({
      text: 'Check runs: the installation lacks the permission `checks: write`',
      remedy: 'Grant the App the permission checks: write, or accept the pending request for it',
    });
  });
});

function warnings({ warned }: Seen): readonly unknown[] {
  return warned.flatMap(({ feature }) => feature ?? []).toSorted();
}

describe('a permission', () => {
  it('that arrives is used, and what was said of it goes', async () => {
    const story = await without({ checks: 'none', pull_requests: 'read' });
    const before = await seen(story);
    expect(before.summary).toMatch(/Check runs: [\s\S]*Comments on lines: /);
    expect(before.progress).toContain('Check runs: ');

    const { scene, issue, pull } = story;
    await scene.grant({ checks: 'write', pull_requests: 'write' });
    await scene.settle(issue);
    await scene.pullAgain(pull);
    const after = await seen(story);
    expect(after).toMatchObject({ verdict: 'failure', others: before.others });
    expect(after.threads).toBeGreaterThan(0);
    for (const text of [after.summary, after.progress, after.check]) expect(text).not.toContain('What I cannot do');
  });

  it('that turns out to be missing is found once, and said', async () => {
    const scene = await stage.shop();
    scene.sandbox.faults.add({ kind: 'forbidden', permission: 'checks' });
    const story = await play(scene);
    expect((await seen(story)).summary).toContain('Check runs: the installation lacks the permission `checks: write`');
    const refused = () => scene.sandbox.requests.filter(({ by, status }) => by === 'app' && status === 403).length;
    const times = refused();
    expect(times).toBeGreaterThan(0);
    await scene.settle(story.issue);
    expect(refused()).toBe(times);

    scene.sandbox.faults.clear();
    await scene.grant({});
    await scene.settle();
    const after = await seen(story);
    expect(after.verdict).toBe('failure');
    expect(after.summary).not.toContain('What I cannot do');
  });

  it('to read pull requests is asked for where somebody speaks to the App, until it is there', async () => {
    const { scene, pull } = await without({ pull_requests: 'none' });
    expect((await scene.said(pull)).filter((body) => body.includes('I cannot `read pull request`'))).toHaveLength(1);
    await scene.grant({ pull_requests: 'write' });
    await scene.pullAgain(pull);
    const said = (await scene.said(pull)).join();
    expect(said).not.toContain('I cannot `read pull request`');
    expect(said).toContain('The installation has it now');
  });

  it('for checks is not needed to finish a request: the criteria tell', async () => {
    const scene = await stage.shop();
    await scene.grant({ checks: 'none' });
    const issue = await scene.request('Notes', 'Add a nullable text column `note` to `orders`.');
    await scene.settle();
    const [task] = await scene.tasks();
    const [up = '', down = ''] = draftIn(task?.body ?? '');
    const name = 'db/migrations/0013_note';
    await scene.commit('grace', 'note', { [`${name}.up.sql`]: up, [`${name}.down.sql`]: down });
    const pull = await scene.pull('grace', 'note', `Closes #${task?.number}`);
    await scene.settle();
    await scene.merge('carol', pull);
    await scene.settle(issue);
    expect(await scene.issue(issue)).toMatchObject({ state: 'closed', labels: ['database', 'db:done'] });
    expect((await scene.said(issue)).join()).toContain('its criteria hold on the default branch');
  });
});

describe('an App', () => {
  it('that is suspended does nothing and does not fail', async () => {
    const scene = await stage.shop();
    await scene.request('Notes', 'Add a nullable text column `note` to `orders`.');
    for (const installation of scene.sandbox.site.world.installations.values())
      installation.suspendedAt = new Date().toISOString() as never;
    await scene.settle(1);
    expect(scene.ledger.writes).toBe(0);
    for (const installation of scene.sandbox.site.world.installations.values()) installation.suspendedAt = null;
    await scene.settle();
    expect(await scene.tasks()).toHaveLength(1);
  });

  it('that is uninstalled while it works does nothing more and does not fail', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Notes', 'Add a nullable text column `note` to `orders`.');
    await scene.settle();
    const { writes } = scene.ledger;
    scene.sandbox.site.world.installations.clear();
    scene.sandbox.site.world.tokens.clear();
    await scene.settle(issue);
    await scene.reborn().settle(issue);
    expect(scene.ledger.writes).toBe(writes);
  });
});
