import { Octokit } from '@octokit/rest';
import { messageOf } from '../kernel/errors.ts';
import { play } from '../story/play.ts';
import { people, shop, shopFiles } from '../story/shop.ts';
import type { Stage } from '../story/stage.ts';
import { startPair } from './pair.ts';
import { stopSignal } from './serve.ts';

/** The people of the story try things that are not there yet; that is no news. */
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Where the pages are when nothing else is asked for: easy to find again. */
const usualPort = 4000;

/**
 * Plays the example story on a sandbox of its own. `once`: without pauses, and then ends; otherwise the sandbox stays up to
 * play with. Returns the exit code: 0, or 1 with what is missing on standard error.
 */
export async function runStory({ once }: { readonly once: boolean }): Promise<number> {
  const started = performance.now();
  const seed = {
    ...shop,
    ownerType: 'Organization' as const,
    files: await shopFiles(),
    users: people,
    labels: [{ name: 'database', color: '1d76db' }],
  };
  const pair = await startPair(seed, { ...(once ? {} : { port: usualPort }), logLevel: 'warn' });
  const stage: Stage = {
    owner: shop.owner,
    repo: shop.name,
    as: (login) => new Octokit({ auth: pair.sandbox.tokenOf(login), baseUrl: pair.sandbox.apiUrl, log: quiet }),
    tell: (line) => process.stdout.write(`${line}\n`),
    pause: () => new Promise((resolve) => setTimeout(resolve, once ? 0 : 1_500)),
    patience: 120_000,
  };
  stage.tell(`The sandbox GitHub is at ${pair.sandbox.url}/${shop.owner}/${shop.name}\n`);
  try {
    const { issue } = await play(stage);
    stage.tell(
      `\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s: ${pair.sandbox.url}/${shop.owner}/${shop.name}/issues/${issue}`,
    );
    if (!once) {
      stage.tell('The sandbox stays up; act as anybody there. Ctrl+C ends it.');
      await stopSignal();
    }
    return 0;
  } catch (error) {
    process.stderr.write(`Missing: ${messageOf(error)}\n`);
    return 1;
  } finally {
    await pair.close();
  }
}
