import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngines, type Engines } from '../../src/engines/engines.ts';
import { octokitGitHub } from '../../src/github/octokit/app.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { markerCodec } from '../../src/messages/marker.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { play } from '../../src/story/play.ts';
import type { Stage } from '../../src/story/stage.ts';
import { act, HeadMoved, type World } from '../../src/workflow/act.ts';
import type { Action, ActionKind } from '../../src/workflow/actions.ts';
import { postCodec } from '../../src/workflow/codec.ts';
import { gather } from '../../src/workflow/gather.ts';
import type { Shop } from '../../src/workflow/jobs.ts';
import { parseKey } from '../../src/workflow/key.ts';
import { lookAt } from '../../src/workflow/look.ts';
import { memory } from '../../src/workflow/memory.ts';
import { unhurried } from '../../src/workflow/pace.ts';
import { inlineStore, memoryCache } from '../support/inline-store.ts';
import { shopSandbox, stageOn } from '../support/replay.ts';

/** What people see of the sandbox, without the times of the last change. */
function seen({ site: { world } }: Sandbox): string {
  const { issues, comments, reviews, threads, reviewComments, checkRuns, repositories } = world;
  const all = [issues, comments, reviews, threads, reviewComments, checkRuns, repositories].map((map) => [...map]);
  return JSON.stringify(all, (name, value: unknown) => (/^(?:updatedAt|pushedAt)$/.test(name) ? undefined : value));
}

interface Twice {
  readonly kind: ActionKind;
  readonly why: string;
  readonly changed: boolean;
  /** Requests that the second performance sent to change something. */
  readonly writes: number;
}

let engines: Engines;
const performed: Twice[] = [];

beforeAll(async () => {
  engines = createEngines({ log: { debug() {}, info() {}, warn() {}, error() {} } });
  await tellWithEveryActionTwice();
}, 180_000);

afterAll(() => engines.close());

/** Runs one thing at a time. */
function turns(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** People who wait for the App to finish what it does: what they change must not look like its doing. */
function heldBack(stage: Stage, byTurns: ReturnType<typeof turns>): Stage {
  const held = new WeakSet<object>();
  return {
    ...stage,
    as(login) {
      const client = stage.as(login);
      if (!held.has(client)) client.hook.wrap('request', (request, options) => byTurns(async () => request(options)));
      held.add(client);
      return client;
    },
  };
}

/** Plays the example story; what was decided is performed, and again from the same, now stale, decision. */
async function tellWithEveryActionTwice(): Promise<void> {
  const { sandbox, clients, identity, secret } = await shopSandbox();
  const byTurns = turns();
  const stage = heldBack(stageOn(sandbox), byTurns);
  const github = octokitGitHub(clients, identity);
  const store = inlineStore(memoryCache());
  const shop: Shop = {
    github,
    store,
    engines: engines.of,
    markers: markerCodec(secret),
    memory: memory(unhurried),
    clock: systemClock,
    log: silentLog,
    acted() {},
  };
  const repository = await github.repository(stage.owner, stage.repo);
  const codec: World['codec'] = (about) =>
    postCodec(shop.markers, repository.bot, `${stage.owner}/${stage.repo}#${about}`.toLowerCase());
  const world: World = {
    repository,
    codec,
    async askForEvidence(request) {
      await store.cache.set(request.digest, await gather(engines.of(request.engine), request));
    },
  };

  async function twice(action: Action): Promise<void> {
    // Evidence is asked for and found under its digest; running an engine twice shows nothing here.
    await act(action, world);
    if (action.kind === 'gather-evidence') return;
    const before = seen(sandbox);
    const from = sandbox.requests.length;
    await act(action, world);
    const writes = sandbox.requests.slice(from).filter(({ write, by }) => write && by === 'app').length;
    performed.push({ kind: action.kind, why: action.why, changed: seen(sandbox) !== before, writes });
  }

  /** What the story has no reason for, on one of its pull requests. */
  async function takeStance(why: string): Promise<void> {
    const [number = 0] = [...sandbox.site.world.issues.values()].flatMap((issue) =>
      issue.pull === null ? [] : issue.number,
    );
    const pull = await repository.pull(number, []);
    const [file] = (await repository.changedFiles(number)).files;
    const commit = pull?.head.sha ?? '';
    const comment = { key: 'a', data: {}, text: 'Said of the file.' };
    await twice({ kind: 'comment-on-file', why, pull: number, commit, path: file?.path ?? '', comment });
    await twice({
      kind: 'post-review',
      why,
      pull: number,
      commit,
      event: 'REQUEST_CHANGES',
      text: 'No.',
      comments: [],
    });
    const [review] = await repository.ownReviews(number);
    await twice({ kind: 'dismiss-review', why, pull: number, head: commit, review: review?.id ?? 0, message: 'Yes.' });
  }

  let over = false;
  const living = (async () => {
    while (!over) {
      const open = await repository.open('database');
      const own = (await repository.ownIssues()).map(({ number }) => number);
      const keys = [...new Set([...open.issues, ...own])].map((number) => `${stage.owner}/${stage.repo}#${number}`);
      const pulls = open.pulls.map((number) => `${stage.owner}/${stage.repo}!${number}`);
      for (const text of [...keys, ...pulls]) {
        const key = parseKey(text);
        const look = key.kind === 'issue' || key.kind === 'pull' ? await lookAt(key, shop) : undefined;
        for (const action of look?.decided ?? []) {
          const moved = await byTurns(() => twice(action)).catch((error: unknown) => error);
          // Somebody pushed between the look and its turn: the rest is decided anew.
          if (moved instanceof HeadMoved) break;
          if (moved !== undefined) throw moved;
        }
      }
    }
  })();

  try {
    await Promise.race([play(stage), living]);
    over = true;
    await living;
    const lonely = await repository.createIssue({ title: 'Alone', body: '', labels: [], assignees: [] });
    const parent = await repository.createIssue({ title: 'Parent', body: '', labels: [], assignees: [] });
    const why = 'a person did it';
    await twice({ kind: 'link-sub-issue', why, parent: parent.number, child: lonely.number, childId: lonely.id });
    await repository.updateIssue(lonely.number, { state: 'closed', reason: 'completed' });
    await twice({ kind: 'reopen-issue', why, issue: lonely.number });
    await takeStance(why);
    const { data } = await stage
      .as('alice')
      .rest.git.getRef({ owner: stage.owner, repo: stage.repo, ref: 'heads/main' });
    const queued = { name: 'database-lead', head: data.object.sha, status: 'queued', externalId: '' } as const;
    const runs = await repository.publishChecks([
      { ...queued, title: 't', summary: 's', annotations: [], actions: [] },
    ]);
    await twice({ kind: 'cancel-checks', why, title: 'Superseded', runs });
  } finally {
    over = true;
    await sandbox.close();
  }
}

describe('an action', () => {
  const kinds: readonly Exclude<ActionKind, 'gather-evidence'>[] = [
    'post-comment',
    'set-state',
    'open-sub-issue',
    'link-sub-issue',
    'block-sub-issue',
    'close-issue',
    'reopen-issue',
    'publish-checks',
    'cancel-checks',
    'post-review',
    'reply-in-thread',
    'comment-on-file',
    'dismiss-review',
    'write-task-file',
  ];

  it.each(kinds)('%s changes nothing when it is performed again from a stale decision', (kind) => {
    const of = performed.filter((each) => each.kind === kind);
    expect(of).not.toEqual([]);
    expect(of.filter(({ changed }) => changed)).toEqual([]);
  });

  it.each([
    'post-comment',
    'publish-checks',
    'cancel-checks',
    'post-review',
    'reply-in-thread',
    'comment-on-file',
    'dismiss-review',
    'write-task-file',
  ] as const)('%s does not even try', (kind) => {
    expect(performed.filter((each) => each.kind === kind && each.writes > 0)).toEqual([]);
  });
});
