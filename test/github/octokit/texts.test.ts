import { afterEach, beforeEach, expect, it } from 'vitest';
import { textLimit } from '../../../src/github/octokit/texts.ts';
import { guard, home, type Wire, wire } from '../support/wire.ts';

const { before, after } = guard();
let net: Wire;

beforeEach(() => {
  before();
  net = wire();
});
afterEach(after);

const sha = (digit: number) => digit.toString(16).padStart(40, '0');
const text = (content: string) => ({
  text: content,
  isBinary: false,
  isTruncated: false,
  byteSize: Buffer.byteLength(content),
});

/** Answers one query: the n-th blob asked for gets the n-th node. */
function answer(...nodes: readonly (object | null)[]): void {
  net.graphql({ data: { repository: Object.fromEntries(nodes.map((node, index) => [`b${index}`, node])) } });
}

it('reads texts, and knows what is none', async () => {
  const shop = await net.connect();
  answer(
    text('SELECT 1;'),
    text(''),
    { text: null, isBinary: true, isTruncated: false, byteSize: 7 },
    { text: 'INSERT', isBinary: false, isTruncated: true, byteSize: textLimit + 1 },
    null,
    {},
  );
  const texts = await shop.texts([1, 2, 3, 4, 5, 6].map(sha));
  expect([...texts.values()]).toEqual(['SELECT 1;', '', null, null, null, null]);
});

it('fetches a text whole that GraphQL cut', async () => {
  const shop = await net.connect();
  const whole = `-- ${'ä'.repeat(300_000)}`;
  answer({ text: whole.slice(0, 1000), isBinary: false, isTruncated: true, byteSize: textLimit });
  net.api
    .get(`${home}/git/blobs/${sha(1)}`)
    .reply(200, { encoding: 'base64', content: Buffer.from(whole).toString('base64').replace(/.{60}/g, '$&\n') });
  expect((await shop.texts([sha(1)])).get(sha(1))).toBe(whole);
});

it('asks for fifty at a time, for each once, and never again', async () => {
  const shop = await net.connect();
  const all = Array.from({ length: 120 }, (_, index) => sha(index));
  for (const size of [50, 50, 20]) answer(...Array.from({ length: size }, () => text('x')));
  expect(await shop.texts([...all, ...all])).toHaveLength(120);
  expect(net.asked.map(({ query }) => query.match(/object\(/g)?.length)).toEqual([50, 50, 20]);
  expect(await shop.texts(all)).toHaveLength(120);
});

it('remembers what is no text as well', async () => {
  const shop = await net.connect();
  answer({ text: null, isBinary: true, isTruncated: false, byteSize: 7 });
  await shop.texts([sha(1)]);
  expect((await shop.texts([sha(1)])).get(sha(1))).toBeNull();
});

it('puts nothing into a query that is not hexadecimal', async () => {
  const shop = await net.connect();
  expect(await shop.texts(['', 'HEAD:secret") { id } viewer { login } x: object(oid: "0'])).toEqual(new Map());
  answer(text('x'));
  expect([...(await shop.texts(['nonsense', sha(1)]))]).toEqual([[sha(1), 'x']]);
});
