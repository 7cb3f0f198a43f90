import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engines } from '../../src/engines/engines.ts';
import { type Ear, hear } from '../support/hear.ts';
import { Crash } from '../support/replay.ts';
import { bot, configFile, type Scene, scenes } from '../support/scene.ts';

/** How often engines were asked to verify, and whether they die of it. */
const engine = { verified: 0, isBroken: false };

function watched(engines: Engines): Engines {
  return {
    ...engines,
    of(name) {
      const real = engines.of(name);
      return {
        ...real,
        async verify(input) {
          engine.verified += 1;
          if (engine.isBroken) throw new Error('the engine died');
          return real.verify(input);
        },
      };
    },
  };
}

const stage = scenes(watched);
beforeEach(() => Object.assign(engine, { verified: 0, isBroken: false }));

let told = 0;

const up = 'db/migrations/0013_note.up.sql';
const down = 'db/migrations/0013_note.down.sql';
const good = {
  [up]: "SET lock_timeout = '3s';\nALTER TABLE orders ADD COLUMN note text;\n",
  [down]: 'ALTER TABLE orders DROP COLUMN note;\n',
};
const careless = { [up]: "SET lock_timeout = '3s';\n\nCREATE INDEX orders_placed_at ON orders (placed_at);\n" };
const names = ['database-lead', 'database-lead/review', 'database-lead/verify'];

interface Run {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly title: string;
  readonly externalId: string;
  readonly annotations: number;
  readonly actions: readonly string[];
}

/** Every run on a commit, oldest first, with those that were replaced. */
function runs(scene: Scene, head: string): readonly Run[] {
  return [...scene.sandbox.site.world.checkRuns.values()]
    .filter(({ headSha }) => headSha === head)
    .map(({ id, name, status, conclusion, title, externalId, annotations, actions }) => ({
      id,
      name,
      state: conclusion ?? status,
      title: title ?? '',
      externalId: externalId ?? '',
      annotations: annotations.length,
      actions: actions.map(({ identifier }) => identifier),
    }));
}

function latest(scene: Scene, head: string, name: string): Run {
  const run = runs(scene, head).findLast((each) => each.name === name);
  if (run === undefined) throw new Error(`no run ${name}`);
  return run;
}

const states = (scene: Scene, head: string) =>
  runs(scene, head)
    .map(({ name, state }) => `${name} ${state}`)
    .toSorted();

/** The App dies after so many writes, and what it holds in memory with it. */
async function dyingAfter(scene: Scene, writes: number, work: () => Promise<unknown>): Promise<void> {
  Object.assign(scene.ledger, { writes: 0, crashAfter: writes });
  await expect(work()).rejects.toBeInstanceOf(Crash);
  Object.assign(scene.ledger, { crashAfter: undefined });
}

async function opened(files: Record<string, string> = good, scene?: Scene) {
  const here = scene ?? (await stage.shop());
  told += 1;
  // Evidence goes by what was run: each story has migrations of its own, so that the engine has something to do.
  const own = Object.entries(files).map(([path, text]) => [path, `${text}-- Story ${told}\n`]);
  const head = await here.commit('grace', 'work', Object.fromEntries(own));
  return { scene: here, head, pull: await here.pull('grace', 'work') };
}

/** Requests of the App that changed something, since a moment. */
function writesSince(scene: Scene, from: number): readonly string[] {
  return scene.sandbox.requests
    .slice(from)
    .filter(({ by, write, path }) => by === 'app' && write && !path.endsWith('access_tokens'))
    .map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
}

describe('the checks of a head', () => {
  it('stand there as queued before anything else is done', async () => {
    const { scene, head, pull } = await opened();
    await dyingAfter(scene, 1, () => scene.pullAgain(pull));
    expect(states(scene, head)).toEqual(names.map((name) => `${name} queued`));
    await scene.reborn().pullAgain(pull);
    expect(states(scene, head)).toEqual(names.map((name) => `${name} success`));
    expect(engine.verified).toBe(1);
  });

  it('take three requests from queued to concluded, the last after the summary, and the same look again none', async () => {
    const { scene, pull } = await opened();
    const from = scene.sandbox.requests.length;
    await scene.pullAgain(pull);
    expect(writesSince(scene, from)).toEqual(['POST graphql', 'POST graphql', 'POST comments', 'POST graphql']);
    const after = scene.sandbox.requests.length;
    await scene.pullAgain(pull);
    expect(writesSince(scene, after)).toEqual([]);
  });

  it('conclude with every annotation once although the App dies between batches', async () => {
    const many = Array.from({ length: 70 }, (_, index) => `CREATE INDEX orders_${index} ON orders (placed_at, id);`);
    const { scene, head, pull } = await opened({ [up]: `SET lock_timeout = '3s';\n${many.join('\n')}\n` });
    await dyingAfter(scene, 3, () => scene.pullAgain(pull));
    expect(latest(scene, head, 'database-lead/review')).toMatchObject({ state: 'in_progress', annotations: 50 });
    await scene.reborn().pullAgain(pull);
    const of = runs(scene, head).filter(({ name }) => name === 'database-lead/review');
    expect(of).toMatchObject([{ state: 'failure', title: '70 blocking findings' }]);
    const [run] = [...scene.sandbox.site.world.checkRuns.values()].filter(({ id }) => id === of[0]?.id);
    const places = run?.annotations.map(({ start_line, title }) => `${start_line} ${title}`) ?? [];
    expect(places.length).toBeGreaterThan(100);
    expect(new Set(places).size).toBe(places.length);
  });

  it('are cancelled when the pull request is closed meanwhile, and run when it is opened again', async () => {
    const { scene, head, pull } = await opened();
    await dyingAfter(scene, 1, () => scene.pullAgain(pull));
    const pulls = scene.as('alice').rest.pulls;
    await pulls.update({ ...scene.at, pull_number: pull, state: 'closed' });
    await scene.pullAgain(pull);
    expect(states(scene, head)).toEqual(names.map((name) => `${name} cancelled`));
    expect(latest(scene, head, 'database-lead').title).toBe('The pull request was closed');
    await pulls.update({ ...scene.at, pull_number: pull, state: 'open' });
    await scene.pullAgain(pull);
    for (const name of names) expect(latest(scene, head, name).state).toBe('success');
  });

  it('are cancelled once another commit is the head', async () => {
    const { scene, head, pull } = await opened();
    await dyingAfter(scene, 1, () => scene.pullAgain(pull));
    const next = await scene.commit('grace', 'work', { 'notes.txt': 'x' });
    await scene.pullAgain(pull);
    expect(states(scene, head)).toEqual(names.map((name) => `${name} cancelled`));
    expect(latest(scene, head, 'database-lead').title).toBe(`Superseded by ${next.slice(0, 7)}`);
    expect(states(scene, next)).toEqual(names.map((name) => `${name} success`));
  });

  it('are not cancelled by a pull request that is stacked on theirs', async () => {
    const { scene, head, pull } = await opened();
    await dyingAfter(scene, 1, () => scene.pullAgain(pull));
    await scene.commit('grace', 'stacked', { 'README.md': 'More.\n' }, 'work');
    await scene.pullAgain(await scene.pull('grace', 'stacked'));
    expect(runs(scene, head)).toHaveLength(3);
    expect(states(scene, head).join()).not.toContain('cancelled');
  });

  it('say that the configuration has mistakes where nothing was found', async () => {
    const { scene, head, pull } = await opened(
      { 'README.md': 'x' },
      await stage.shop({ [configFile]: 'databases: 7\n' }),
    );
    await scene.pullAgain(pull);
    expect(latest(scene, head, 'database-lead')).toMatchObject({
      state: 'neutral',
      title: 'No migrations found: 1 mistake in the configuration',
    });
  });

  it('conclude although the engine dies every time, and verify again when somebody asks', async () => {
    engine.isBroken = true;
    const { scene, head, pull } = await opened({ ...good, [down]: 'ALTER TABLE orders DROP COLUMN note; -- dies\n' });
    await scene.look(`acme/shop!${pull}`, 2);
    expect(engine.verified).toBe(3);
    const verify = latest(scene, head, 'database-lead/verify');
    expect(verify).toMatchObject({ state: 'neutral', title: 'not executed: the scratch engine failed 3 times' });
    engine.isBroken = false;
    await scene.look(`acme/shop?re-verify/${verify.id}/${head}/alice`);
    expect(latest(scene, head, 'database-lead/verify').state).toBe('success');
    expect(latest(scene, head, 'database-lead').state).toBe('success');
  });

  it('conclude although GitHub refuses again and again to show the files, and anew once it does', async () => {
    const { scene, head, pull } = await opened();
    const fault = scene.sandbox.faults.add({ kind: 'status', status: 410, match: { path: '/files', by: 'app' } });
    await expect(scene.look(`acme/shop!${pull}`, 2)).rejects.toMatchObject({ status: 410 });
    expect(states(scene, head)).toEqual(names.map((name) => `${name} failure`));
    expect(latest(scene, head, 'database-lead').title).toBe('Could not be looked at');
    scene.sandbox.faults.remove(fault);
    await scene.pullAgain(pull);
    for (const name of names) expect(latest(scene, head, name).state).toBe('success');
  });
});

describe('a person', () => {
  let ear: Ear | undefined;
  afterEach(async () => {
    await ear?.close();
    ear = undefined;
  });

  /** A pull request that was looked at; from here on webhooks are heard. */
  async function judged(files: Record<string, string> = careless) {
    const story = await opened(files);
    await story.scene.pullAgain(story.pull);
    ear = await hear(story.scene.sandbox, bot);
    return story;
  }

  /** What was heard is done, twice: GitHub may deliver anything twice. */
  async function follow(scene: Scene): Promise<readonly string[]> {
    const keys = (await ear?.keys()) ?? [];
    for (const key of [...keys, ...keys]) await scene.look(key);
    return keys;
  }

  const press = (scene: Scene, run: number, identifier: string) =>
    scene.as('alice').request('POST /repos/{owner}/{repo}/check-runs/{check_run_id}/_sandbox_action', {
      ...scene.at,
      check_run_id: run,
      identifier,
    });

  it('has one check run again', async () => {
    const { scene, head, pull } = await judged();
    const before = latest(scene, head, 'database-lead/review');
    await scene.as('alice').rest.checks.rerequestRun({ ...scene.at, check_run_id: before.id });
    expect(await follow(scene)).toEqual([`acme/shop?re-run/${before.id}/${head}/alice`]);
    const of = runs(scene, head).filter(({ name }) => name === 'database-lead/review');
    expect(of).toHaveLength(2);
    expect(of[1]).toMatchObject({
      state: 'failure',
      title: before.title,
      externalId: `${before.externalId}~${before.id}`,
    });
    expect(runs(scene, head)).toHaveLength(4);
    expect(engine.verified).toBe(1);
    // Whatever is said later of this commit is said of this attempt.
    await scene.pullAgain(pull);
    expect(runs(scene, head)).toHaveLength(4);
  });

  it('has everything run again, the engine too', async () => {
    const { scene, head } = await judged();
    const { checkSuites } = scene.sandbox.site.world;
    const suite = [...checkSuites.values()].find(({ headSha }) => headSha === head);
    await scene.as('alice').rest.checks.rerequestSuite({ ...scene.at, check_suite_id: suite?.id ?? 0 });
    const [key] = (await ear?.keys()) ?? [];
    expect(key).toBe(`acme/shop?re-run/all/${head}/alice`);
    await scene.look(key ?? '');
    expect(engine.verified).toBe(2);
    for (const name of names) {
      const [first, second, ...more] = runs(scene, head).filter((run) => run.name === name);
      expect(more).toEqual([]);
      expect(second).toMatchObject({ state: first?.state, title: first?.title });
    }
  });

  it('verifies again by a button', async () => {
    const { scene, head } = await judged(good);
    const run = latest(scene, head, 'database-lead');
    expect(run.actions).toContain('re-verify');
    await press(scene, run.id, 're-verify');
    await follow(scene);
    expect(engine.verified).toBe(2);
    expect(latest(scene, head, 'database-lead/verify').externalId).toMatch(new RegExp(`~${run.id}$`));
    for (const name of names) expect(latest(scene, head, name).state).toBe('success');
  });

  it('has findings explained, in one comment however often it is asked for', async () => {
    const { scene, head, pull } = await judged();
    const run = latest(scene, head, 'database-lead/review');
    expect(run.actions).toEqual(['explain', 'ignore']);
    await press(scene, run.id, 'explain');
    await follow(scene);
    await press(scene, run.id, 'explain');
    await follow(scene);
    const said = (await scene.said(pull)).filter((body) => body.startsWith('## Explained'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('`require-concurrent-index`');
    expect(said[0]).toMatch(/\*\*Why:\*\* An index is built without CONCURRENTLY/);
    expect(said[0]).toMatch(/write\n\n```sql\nCREATE INDEX CONCURRENTLY/);
    expect(said[0]).toContain('/blob/main/docs/rules/require-concurrent-index.md');
  });

  it('has a failed verification explained in the words of the engine', async () => {
    const { scene, head, pull } = await judged({
      [up]: "SET lock_timeout = '3s';\nALTER TABLE orders ADD COLUMN id text;\n",
    });
    await press(scene, latest(scene, head, 'database-lead/verify').id, 'explain');
    await follow(scene);
    const said = (await scene.said(pull)).find((body) => body.startsWith('## Explained'));
    expect(said).toContain('refuses the statement at line 2 with `42701`');
    expect(said).toContain('column "id" of relation "orders" already exists');
  });

  it('is told how to ignore a finding', async () => {
    const { scene, head, pull } = await judged();
    await press(scene, latest(scene, head, 'database-lead/review').id, 'ignore');
    await follow(scene);
    const said = (await scene.said(pull)).find((body) => body.startsWith('@alice, to accept'));
    expect(said).toContain('```text\n/db ignore require-concurrent-index because REASON\n```');
  });

  it('without write access makes nothing run', async () => {
    const { scene, head } = await judged();
    const before = runs(scene, head);
    await scene.look(`acme/shop?re-run/all/${head}/bob`);
    await scene.look(`acme/shop?explain/${before[0]?.id}/${head}/nobody-here`);
    expect(runs(scene, head)).toEqual(before);
  });

  it('has a check of a fork run again, which is found by its head', async () => {
    const scene = await stage.shop();
    const { rest } = scene.as('bob');
    await rest.repos.createFork({ ...scene.at });
    for (const [path, text] of Object.entries(good))
      await rest.repos.createOrUpdateFileContents({
        owner: 'bob',
        repo: 'shop',
        path,
        message: 'x',
        content: Buffer.from(text).toString('base64'),
      });
    const { data } = await rest.pulls.create({ ...scene.at, title: 'Fork', head: 'bob:main', base: 'main' });
    await scene.pullAgain(data.number);
    const run = latest(scene, data.head.sha, 'database-lead');
    ear = await hear(scene.sandbox, bot);
    await scene.as('alice').rest.checks.rerequestRun({ ...scene.at, check_run_id: run.id });
    const from = scene.sandbox.requests.length;
    await follow(scene);
    expect(runs(scene, data.head.sha)).toHaveLength(6);
    const listed = scene.sandbox.requests.slice(from).filter(({ path }) => /\/(issues|pulls)$/.test(path));
    expect(listed).toEqual([]);
  });
});

describe('a merge group', () => {
  const mutate = (scene: Scene, mutation: string, input: object) =>
    scene
      .as('alice')
      .graphql(
        `mutation ($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { clientMutationId } }`,
        { input },
      );

  async function queued(files: Record<string, string>, known?: Awaited<ReturnType<typeof opened>>) {
    const story = known ?? (await opened(files));
    await story.scene.pullAgain(story.pull);
    const ear = await hear(story.scene.sandbox, bot);
    const { data } = await story.scene.as('alice').rest.pulls.get({ ...story.scene.at, pull_number: story.pull });
    await mutate(story.scene, 'enqueuePullRequest', { pullRequestId: data.node_id });
    const keys = (await ear.keys()).filter((key) => key.includes('='));
    const [entry] = story.scene.sandbox.site.world.mergeQueue;
    return { ...story, ear, keys, id: data.node_id, group: entry?.headSha ?? '', base: entry?.baseSha ?? '' };
  }

  it('has the three checks on its head and no word said anywhere', async () => {
    const { scene, keys, group, base, ear, pull } = await queued(careless);
    expect(keys).toEqual([`acme/shop=${group}..${base}!${pull}`]);
    const said = (await scene.comments(pull)).length;
    await scene.look(keys[0] ?? '');
    await ear.close();
    expect(latest(scene, group, 'database-lead/review')).toMatchObject({
      state: 'failure',
      title: '1 blocking finding',
    });
    expect(latest(scene, group, 'database-lead')).toMatchObject({ state: 'failure', actions: ['re-verify'] });
    expect(runs(scene, group)).toHaveLength(3);
    expect((await scene.comments(pull)).length).toBe(said);
  });

  it('does not block for what was accepted on its pull request', async () => {
    const story = await opened(careless);
    await story.scene.say('alice', story.pull, '/db ignore require-concurrent-index because the table is small');
    await story.scene.pullAgain(story.pull);
    const { scene, keys, group, ear } = await queued(careless, story);
    await ear.close();
    await scene.look(keys[0] ?? '');
    expect(latest(scene, group, 'database-lead/review')).toMatchObject({
      state: 'success',
      title: '2 findings, none blocking',
    });
    expect(latest(scene, group, 'database-lead').state).toBe('success');
  });

  it('is found by the sweep although its event was lost, and verified again when asked', async () => {
    const { scene, group, ear } = await queued(good);
    await ear.close();
    await scene.settle();
    for (const name of names) expect(latest(scene, group, name).state).toBe('success');
    const ran = engine.verified;
    await scene.look(`acme/shop?re-verify/${latest(scene, group, 'database-lead/verify').id}/${group}/alice`);
    expect(engine.verified).toBe(ran + 1);
    expect(latest(scene, group, 'database-lead').state).toBe('success');
  });

  it('that the queue takes back has no run left unfinished', async () => {
    const { scene, group, keys, ear, id } = await queued(good);
    await dyingAfter(scene, 1, () => scene.look(keys[0] ?? ''));
    expect(states(scene, group)).toEqual(names.map((name) => `${name} queued`));
    await mutate(scene, 'dequeuePullRequest', { id });
    const gone = (await ear.keys()).filter((key) => key.includes('='));
    await ear.close();
    for (const key of gone) await scene.reborn().look(key);
    expect(states(scene, group)).toEqual(names.map((name) => `${name} cancelled`));
  });

  it('is nothing where the installation may not see queues', async () => {
    const { scene, group, ear } = await queued(good);
    await ear.close();
    scene.sandbox.faults.add({ kind: 'forbidden', permission: 'merge_queues' });
    await scene.settle();
    expect(runs(scene, group)).toEqual([]);
  });
});
