import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engines } from '../../src/engines/engines.ts';
import { octokitGitHub } from '../../src/github/octokit/app.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { markerCodec } from '../../src/messages/marker.ts';
import type { Cache } from '../../src/store/port.ts';
import { freshReads } from '../../src/workflow/fresh-reads.ts';
import { jobsOf, type Shop } from '../../src/workflow/jobs.ts';
import { lookAt } from '../../src/workflow/look.ts';
import { memory } from '../../src/workflow/memory.ts';
import { unhurried } from '../../src/workflow/pace.ts';
import { carryOut } from '../../src/workflow/reconcile.ts';
import { type InlineStore, inlineStore, memoryCache } from '../support/inline-store.ts';
import { type Shop as Made, sharedEngines, shopSandbox, stageOn } from '../support/replay.ts';

const at = { owner: 'acme', repo: 'shop' } as const;
const job = { attempt: 0, signal: new AbortController().signal };

let engines: Engines;
let made: Made;
let cache: Cache;
let store: InlineStore;
let shop: Shop;
let number: number;

beforeAll(async () => {
  engines = sharedEngines();
  made = await shopSandbox();
});
afterAll(async () => {
  await made.sandbox.close();
  await engines.close();
});

beforeEach(async () => {
  cache = memoryCache();
  store = inlineStore(cache);
  shop = {
    github: octokitGitHub(made.clients, made.identity),
    store,
    engines: engines.of,
    markers: markerCodec(made.secret),
    memory: memory(unhurried),
    clock: systemClock,
    log: silentLog,
    acted() {},
  };
});

const grace = () => stageOn(made.sandbox).as('grace');

async function commit(branch: string, path: string, text: string): Promise<string> {
  const { data } = await grace().rest.repos.createOrUpdateFileContents({
    ...at,
    branch,
    path,
    message: `Add ${path}`,
    content: Buffer.from(text).toString('base64'),
  });
  return data.commit.sha ?? '';
}

/** A branch with a migration, and a pull request from it. */
async function open(branch: string): Promise<string> {
  const { git, pulls } = grace().rest;
  const main = await git.getRef({ ...at, ref: 'heads/main' });
  await git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: main.data.object.sha });
  const sha = await commit(branch, 'db/migrations/0013_a.up.sql', `CREATE INDEX ${branch} ON orders (placed_at);\n`);
  number = (await pulls.create({ ...at, title: branch, head: branch, base: 'main' })).data.number;
  return sha;
}

const runsOn = (head: string) =>
  [...made.sandbox.site.world.checkRuns.values()].filter(({ headSha }) => headSha === head);

const appRequests = () => made.sandbox.requests.filter(({ by }) => by === 'app').length;

describe('a decision about a head that was pushed over meanwhile', () => {
  it('is not carried out: nothing is concluded, nothing is said, and it is looked at again', async () => {
    const head = await open('overtaken');
    const look = await lookAt({ kind: 'pull', ...at, number }, shop, 'announcing');
    await commit('overtaken', 'notes.txt', 'x');
    const world = {
      repository: freshReads(look?.repository ?? (await shop.github.repository(at.owner, at.repo))),
      codec: look?.codec ?? (() => Promise.reject(new Error('no codec')) as never),
      askForEvidence: async () => undefined,
    };
    const decided = look?.decided ?? [];
    expect(decided.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['post-review', 'publish-checks']));
    const outcome = await carryOut(decided, world, () => undefined);
    expect(outcome.result).toBe('again');
    expect(runsOn(head).map(({ status }) => status)).toEqual(['queued', 'queued', 'queued']);
    expect((await grace().rest.pulls.listReviews({ ...at, pull_number: number })).data).toEqual([]);
  });

  it('costs one request to find out, for everything that is decided', async () => {
    await open('once');
    const look = await lookAt({ kind: 'pull', ...at, number }, shop, 'announcing');
    if (look === undefined) throw new Error('nothing seen');
    const repository = freshReads(look.repository);
    const world = { repository, codec: look.codec, askForEvidence: async () => undefined };
    const from = made.sandbox.requests.length;
    await carryOut(look.decided, world, () => undefined);
    const asked = made.sandbox.requests.slice(from).filter(({ by }) => by === 'app');
    // Once for the head, the threads and the runs, and once for all checks.
    expect(asked.filter(({ path }) => path.endsWith('graphql'))).toHaveLength(2);
  });
});

describe('engine work', () => {
  const key = () => `${at.owner}/${at.repo}!${number}`;

  it('is taken from where the pass left it, without asking GitHub', async () => {
    await open('left');
    await jobsOf(shop).pass(key(), job);
    const before = appRequests();
    await jobsOf(shop).evidence(key(), job);
    expect(appRequests()).toBe(before);
    await store.drain(jobsOf(shop));
    const { data } = await grace().rest.pulls.get({ ...at, pull_number: number });
    expect(runsOn(data.head.sha).map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  });

  it('is found by another look where that was lost', async () => {
    const head = await open('lost');
    await jobsOf(shop).pass(key(), job);
    const empty = inlineStore(memoryCache());
    const jobs = jobsOf({ ...shop, store: empty });
    await jobs.evidence(key(), job);
    await empty.drain(jobs);
    expect(runsOn(head).map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  });
});
