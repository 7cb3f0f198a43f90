import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engines } from '../../src/engines/engines.ts';
import { play } from '../../src/story/play.ts';
import { finalState } from '../support/final-state.ts';
import { memoryCache } from '../support/inline-store.ts';
import { Crash, type Ledger, life, sharedEngines, shopSandbox, stageOn } from '../support/replay.ts';
import { sample } from '../support/sample.ts';

/** Engines are asked once for the same thing over all tellings: their evidence is a function of its input. */
const evidence = memoryCache();
let engines: Engines;
let told: Telling;

beforeAll(async () => {
  engines = sharedEngines();
  told = await tell({ writes: 0 });
}, 180_000);

afterAll(() => engines.close());

interface Telling {
  readonly state: Awaited<ReturnType<typeof finalState>>;
  readonly writes: number;
  readonly writesAfterwards: number;
  readonly crashes: number;
}

/** Plays the whole story while the App lives, dies as the ledger says, and lives again. */
async function tell(ledger: Ledger, next?: () => number): Promise<Telling> {
  const shop = await shopSandbox();
  const stage = stageOn(shop.sandbox);
  let over = false;
  let crashes = 0;
  const living = (async () => {
    let app = life(shop, engines, evidence, ledger);
    while (!over) {
      try {
        await app.settle();
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        crashes += 1;
        ledger.crashAfter = next === undefined ? undefined : ledger.writes + next();
        app = life(shop, engines, evidence, ledger);
      }
      await new Promise((wake) => setTimeout(wake, 10));
    }
  })();
  try {
    const { issue } = await Promise.race([
      play(stage),
      living.then(() => Promise.reject(new Error('the App stopped'))),
    ]);
    over = true;
    await living;
    ledger.crashAfter = undefined;
    const app = life(shop, engines, evidence, ledger);
    await app.look(`${stage.owner}/${stage.repo}#${issue}`);
    await app.settle();
    const { writes } = ledger;
    await app.look(`${stage.owner}/${stage.repo}#${issue}`);
    await app.settle();
    return { state: await finalState(stage.as('alice')), writes, writesAfterwards: ledger.writes - writes, crashes };
  } finally {
    over = true;
    await shop.sandbox.close();
  }
}

describe('the story', () => {
  it('ends with everything closed and nothing left to write', () => {
    expect(told.state.filter(({ state }) => state !== 'closed')).toEqual([]);
    expect(told.writesAfterwards).toBe(0);
    expect(told.writes).toBeGreaterThan(20);
  });

  it('ends the same when the App dies after every one of its writes', async () => {
    const dying = await tell({ writes: 0, crashAfter: 1 }, () => 1);
    expect(dying.crashes).toBeGreaterThan(20);
    expect(dying.state).toEqual(told.state);
    expect(dying.writesAfterwards).toBe(0);
  }, 300_000);

  const every = sample(
    Array.from({ length: 60 }, (_, index) => index + 1),
    30,
  );

  it.each(every)(
    'ends the same when the App dies once, after write %i',
    async (crashAfter) => {
      const once = await tell({ writes: 0, crashAfter });
      expect(once.crashes).toBe(crashAfter <= once.writes ? 1 : 0);
      expect(once.state).toEqual(told.state);
      expect(once.writesAfterwards).toBe(0);
    },
    120_000,
  );
});
