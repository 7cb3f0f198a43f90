import { Octokit } from '@octokit/rest';
import { startPair } from '../src/cli/pair.ts';
import { comment } from '../src/story/looks.ts';
import { people, shop, shopFiles } from '../src/story/shop.ts';
import type { Stage } from '../src/story/stage.ts';
import { print, round } from './figures.ts';

/** One plan against a GitHub that answers at once, and against one that takes 100 ms for every call. */
export async function plan(): Promise<void> {
  for (const latency of [0, 100]) {
    const labels = [{ name: 'database' }];
    const pair = await startPair(
      { ...shop, ownerType: 'Organization', files: await shopFiles(), users: people, labels },
      { logLevel: 'error' },
    );
    const { sandbox } = pair;
    const stage: Stage = {
      owner: shop.owner,
      repo: shop.name,
      as: (login) => new Octokit({ auth: sandbox.tokenOf(login), baseUrl: sandbox.apiUrl }),
      tell() {},
      pause: async () => {},
      patience: 120_000,
    };
    try {
      // The first pass of a process opens its caches and tokens; what is measured is the one after.
      await request(stage, 'Warm up', 'Add a nullable text column `warm_up` to orders.');
      await sandbox.idle();
      if (latency > 0) sandbox.faults.add({ kind: 'latency', ms: latency, match: { by: 'app' } });
      const planning = await counted(sandbox, () =>
        request(stage, 'Gift notes', 'Add a nullable text column `gift_note` to orders.'),
      );
      print(`one plan at ${latency} ms a call`, {
        'wall ms': planning.ms,
        'API calls': planning.calls,
        'of them writes': planning.writes,
      });
    } finally {
      await pair.close();
    }
  }
}

async function request(stage: Stage, title: string, body: string): Promise<void> {
  const { owner, repo } = stage;
  const { data } = await stage.as('alice').rest.issues.create({ owner, repo, title, body, labels: ['database'] });
  await comment(stage, data.number, /^## Plan: /, 'a plan');
}

/** What the App did on GitHub while `work` ran. */
async function counted(
  sandbox: Awaited<ReturnType<typeof startPair>>['sandbox'],
  work: () => Promise<void>,
): Promise<{ readonly ms: number; readonly calls: number; readonly writes: number }> {
  const before = sandbox.requests.length;
  const started = performance.now();
  await work();
  const ms = round(performance.now() - started);
  const own = sandbox.requests.slice(before).filter(({ by }) => by === 'app');
  return { ms, calls: own.length, writes: own.filter(({ write }) => write).length };
}
