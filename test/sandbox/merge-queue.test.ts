import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTown, type Town, where } from './support/town.ts';

let town: Town;

beforeEach(async () => {
  town = await startTown({
    permissions: { checks: 'write', contents: 'read', merge_queues: 'read', pull_requests: 'write' },
    events: ['merge_group'],
  });
});
afterEach(async () => {
  // Every webhook is held against its published schema.
  expect(await town.problems()).toEqual([]);
  await town.close();
});

async function pull(
  branch: string,
): Promise<{ readonly node: string; readonly number: number; readonly head: string }> {
  const head = await town.branch(branch, { [`${branch}.txt`]: 'x' });
  const { data } = await town.as('bob').rest.pulls.create({ ...where, title: branch, head: branch, base: 'main' });
  return { node: data.node_id, number: data.number, head };
}

const enqueue = (pullRequestId: string, more: object = {}) =>
  town
    .as('bob')
    .graphql(
      `mutation ($input: EnqueuePullRequestInput!) { enqueuePullRequest(input: $input) { mergeQueueEntry { position state } } }`,
      { input: { pullRequestId, ...more } },
    );
const dequeue = (id: string) =>
  town
    .as('bob')
    .graphql('mutation ($id: ID!) { dequeuePullRequest(input: { id: $id }) { mergeQueueEntry { id } } }', { id });

interface Queue {
  readonly repository: {
    readonly mergeQueue: {
      readonly entries: {
        readonly nodes: readonly {
          readonly position: number;
          readonly headCommit: { readonly oid: string };
          readonly baseCommit: { readonly oid: string };
          readonly pullRequest: { readonly number: number };
        }[];
      };
    } | null;
  };
}

const queue = () =>
  town.bot.graphql<Queue>(
    'query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { mergeQueue { entries(first: 9) { nodes { position headCommit { oid } baseCommit { oid } pullRequest { number } } } } } }',
    { ...where },
  );

test('each group is built on the one before, and is announced', async () => {
  expect((await queue()).repository.mergeQueue).toBeNull();
  const [first, second] = [await pull('one'), await pull('two')];
  const main = (await town.as('bob').rest.git.getRef({ ...where, ref: 'heads/main' })).data.object.sha;
  expect(await enqueue(first.node)).toEqual({
    enqueuePullRequest: { mergeQueueEntry: { position: 1, state: 'AWAITING_CHECKS' } },
  });
  await enqueue(second.node, { expectedHeadOid: second.head });
  const nodes = (await queue()).repository.mergeQueue?.entries.nodes ?? [];
  expect(nodes.map(({ position, pullRequest }) => [position, pullRequest.number])).toEqual([
    [1, first.number],
    [2, second.number],
  ]);
  expect(nodes[0]?.baseCommit.oid).toBe(main);
  expect(nodes[1]?.baseCommit.oid).toBe(nodes[0]?.headCommit.oid);
  const { data } = await town.as('bob').rest.repos.compareCommitsWithBasehead({
    ...where,
    basehead: `${nodes[1]?.baseCommit.oid}...${nodes[1]?.headCommit.oid}`,
  });
  expect(data.files?.map(({ filename }) => filename)).toEqual(['two.txt']);
  expect(await town.told('merge_group')).toMatchObject([
    {
      action: 'checks_requested',
      merge_group: {
        head_sha: nodes[0]?.headCommit.oid,
        head_ref: `refs/heads/gh-readonly-queue/main/pr-${first.number}-${main}`,
        base_sha: main,
        base_ref: 'refs/heads/main',
      },
    },
    { action: 'checks_requested', merge_group: { head_sha: nodes[1]?.headCommit.oid } },
  ]);
});

test('who leaves takes the groups behind along', async () => {
  const [first, second] = [await pull('one'), await pull('two')];
  await enqueue(first.node);
  await enqueue(second.node);
  await dequeue(first.node);
  const told = await town.told('merge_group');
  expect(told.slice(2)).toMatchObject([
    { action: 'destroyed', reason: 'dequeued' },
    { action: 'destroyed', reason: 'invalidated' },
  ]);
  expect((await queue()).repository.mergeQueue).toBeNull();
});

test('what cannot wait there is refused', async () => {
  const { node, number } = await pull('one');
  await expect(enqueue(node, { expectedHeadOid: '0'.repeat(40) })).rejects.toThrow('does not match');
  await expect(dequeue(node)).rejects.toThrow('not in the queue');
  await enqueue(node);
  await expect(enqueue(node)).rejects.toThrow('already in the queue');
  await town.as('bob').rest.pulls.update({ ...where, pull_number: number, state: 'closed' });
  await expect(enqueue((await pull('two')).node, {})).resolves.toBeDefined();
  await expect(enqueue(node)).rejects.toThrow('closed');
});
