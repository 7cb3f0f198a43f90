import { beforeAll, describe, expect, it } from 'vitest';
import { startPair } from '../../src/cli/pair.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { play } from '../../src/story/play.ts';
import { people, shop, shopFiles } from '../../src/story/shop.ts';
import { finalState } from '../support/final-state.ts';
import { stageOn } from '../support/replay.ts';

type Fault = Parameters<Sandbox['faults']['add']>[0];

/** Plays the story between a real server and the sandbox, with deliveries treated as the faults say. */
async function tell(faults: readonly Fault[]) {
  const seed = {
    ...shop,
    ownerType: 'Organization' as const,
    files: await shopFiles(),
    users: people,
    labels: [{ name: 'database' }],
  };
  const pair = await startPair(seed, { logLevel: 'silent', sweepSeconds: 2 });
  try {
    for (const fault of faults) pair.sandbox.faults.add(fault);
    const stage = stageOn(pair.sandbox);
    await play(stage);
    await pair.sandbox.idle();
    while ((await pair.server.pending()) > 0) await new Promise((wake) => setTimeout(wake, 100));
    return await finalState(stage.as('alice'));
  } finally {
    await pair.close();
  }
}

describe('the story over webhooks', () => {
  let told: Awaited<ReturnType<typeof tell>>;

  beforeAll(async () => {
    told = await tell([]);
  }, 180_000);

  it('ends with everything closed', () => {
    expect(told.filter(({ state }) => state !== 'closed')).toEqual([]);
  });

  it.each<[string, readonly Fault[]]>([
    [
      'doubled and reordered',
      [
        { kind: 'delivery', what: 'double' },
        { kind: 'delivery', what: 'reorder' },
      ],
    ],
    ['dropped, all of them', [{ kind: 'delivery', what: 'drop' }]],
    [
      'delayed, while GitHub fails now and then',
      [
        { kind: 'delivery', what: 'delay', ms: 20 },
        { kind: 'status', status: 502, match: { by: 'app' }, skip: 20, times: 2 },
      ],
    ],
  ])(
    'ends the same with deliveries %s',
    async (_how, faults) => {
      expect(await tell(faults)).toEqual(told);
    },
    180_000,
  );
});
