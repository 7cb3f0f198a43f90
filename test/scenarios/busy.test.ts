import { expect, it } from 'vitest';
import { pacing } from '../../src/workflow/pace.ts';
import { scenes } from '../support/scene.ts';

const stage = scenes();
const path = 'db/migrations/0013_index.up.sql';

it('reviews only the last of twenty pushes in full, and leaves no check of the others waiting', async () => {
  let now = Date.now();
  const scene = (await stage.shop()).paced(pacing({ now: () => new Date(now) }));
  const careless = (at: number) => `CREATE INDEX orders_${at} ON orders (placed_at);\n`;
  const heads = [await scene.commit('grace', 'work', { [path]: careless(0) })];
  const pull = await scene.pull('grace', 'work');
  await scene.pullAgain(pull);
  const first = await scene.threads(pull);
  expect(first.length).toBeGreaterThan(0);

  for (let at = 1; at < 20; at += 1) {
    now += 6_000;
    heads.push(await scene.commit('grace', 'work', { [path]: careless(at) }));
    await scene.pullAgain(pull);
  }
  expect((await scene.threads(pull)).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  expect((await scene.checks(heads.at(-1) ?? ''))['database-lead']).toMatchObject({ conclusion: 'queued' });

  now += 10_000;
  await scene.wake();
  const verdicts = await Promise.all(
    heads.map(async (head) => (await scene.checks(head))['database-lead']?.conclusion),
  );
  expect(verdicts.at(0)).toBe('failure');
  expect(verdicts.at(-1)).toBe('failure');
  expect(new Set(verdicts.slice(1, -1))).toEqual(new Set(['cancelled']));
  // What forty-eight heads in between would have had to say was never said.
  const begun = (await scene.threads(pull)).filter(({ replyTo }) => !replyTo);
  expect(begun.length).toBeLessThanOrEqual(2 * first.length);
}, 120_000);

it('reviews three hundred migrations in one pull request', async () => {
  const scene = await stage.shop();
  const files = Array.from({ length: 300 }, (_, at) => {
    const version = String(100 + at).padStart(4, '0');
    return [
      [
        `db/migrations/${version}_t.up.sql`,
        `CREATE TABLE t${at} (id bigint PRIMARY KEY, order_id bigint);\nCREATE INDEX o${at} ON orders (placed_at, id);\n`,
      ],
      [`db/migrations/${version}_t.down.sql`, `DROP INDEX o${at};\nDROP TABLE t${at};\n`],
    ] as const;
  }).flat();
  const head = await scene.commit('grace', 'work', Object.fromEntries(files));
  const pull = await scene.pull('grace', 'work');
  await scene.settle();
  const checks = await scene.checks(head);
  expect(checks['database-lead']?.title).toMatch(/^300 blocking findings/);
  expect(checks['database-lead/review']?.annotations).toBeGreaterThanOrEqual(300);
  expect(checks['database-lead/verify']).toMatchObject({ conclusion: 'success' });
  expect(await scene.threads(pull)).toHaveLength(25);
  expect((await scene.summary(pull)).length).toBeLessThan(65_536);
}, 240_000);
