import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Repository } from '../../../src/github/port.ts';
import { guard, home, type Wire, wire } from '../support/wire.ts';

const { before, after } = guard();
let net: Wire;
let shop: Repository;

beforeEach(async () => {
  before();
  net = wire();
  shop = await net.connect();
});
afterEach(after);

const file = { path: '.mdtm/tasks/a.md', text: 'wanted', message: 'Note the plan' };
const ours = `${home}/git/ref/heads%2Fdatabase-lead%2Ftask-files`;
const standing = `${home}/pulls?head=acme%3Adatabase-lead%2Ftask-files&base=main&state=open`;

/** The default branch is at `c1`, where the file reads so. */
function reads(text: string | null): void {
  net.graphql({ data: { repository: { defaultBranchRef: { name: 'main', target: { oid: 'c1' } } } } });
  net.graphql({ data: { repository: { object: text === null ? null : { text } } } });
}
const refuse = (type: string, message: string) => net.graphql({ data: null, errors: [{ type, message }] });
const accept = () => net.graphql({ data: { createCommitOnBranch: { commit: { oid: 'c2' } } } });

it('nothing is committed that is there already', async () => {
  reads('wanted');
  expect(await shop.commitFile(file)).toBe('unchanged');
});

it('an empty repository has nothing to commit to', async () => {
  net.graphql({ data: { repository: { defaultBranchRef: null } } });
  expect(await shop.commitFile(file)).toBe('unchanged');
});

it('a commit goes on top of the head that was read', async () => {
  reads('old');
  accept();
  expect(await shop.commitFile(file)).toBe('committed');
  expect(net.asked.at(-1)?.variables.input).toEqual({
    branch: { repositoryNameWithOwner: 'acme/shop', branchName: 'main' },
    expectedHeadOid: 'c1',
    message: { headline: 'Note the plan' },
    fileChanges: { additions: [{ path: file.path, contents: Buffer.from('wanted').toString('base64') }] },
  });
});

it('a head that has moved is for the next pass, not for a pull request', async () => {
  reads('old');
  refuse('STALE_DATA', 'Expected branch to point to "c1" but it did not. Pull and try again.');
  await expect(shop.commitFile(file)).rejects.toThrow('Pull and try again');
  expect([...shop.without.keys()]).toEqual([]);
});

it('a limit that was met is for the next pass, too', async () => {
  reads('old');
  net.graphql({ message: 'You have exceeded a secondary rate limit.' }, 403);
  await expect(shop.commitFile(file)).rejects.toMatchObject({ status: 403 });
  expect([...shop.without.keys()]).toEqual([]);
});

describe('a protected branch', () => {
  beforeEach(() => {
    reads(null);
    refuse('BRANCH_PROTECTION_RULE_VIOLATION', 'Changes must be made through a pull request.');
  });

  it('gets a pull request from a branch of our own', async () => {
    net.api.get(standing).reply(200, []);
    net.api.get(ours).reply(404, { message: 'Not Found' });
    net.api
      .post(`${home}/git/refs`, { ref: 'refs/heads/database-lead/task-files', sha: 'c1' })
      .reply(201, { object: { sha: 'c1' } });
    net.graphql({ data: { repository: { object: null } } });
    accept();
    net.api.post(`${home}/pulls`, (body) => body.head === 'database-lead/task-files').reply(201, { number: 9 });
    expect(await shop.commitFile(file)).toBe('pull-request');
  });

  it('has one pull request stand for all of them', async () => {
    net.api.get(standing).reply(200, [{ number: 9 }]);
    net.api.get(ours).reply(200, { object: { sha: 'c5' } });
    net.graphql({ data: { repository: { object: { text: 'older' } } } });
    accept();
    expect(await shop.commitFile(file)).toBe('pull-request');
    expect(net.asked.at(-1)?.variables.input).toMatchObject({ expectedHeadOid: 'c5' });
  });

  it('waits for the one that stands', async () => {
    net.api.get(standing).reply(200, [{ number: 9 }]);
    net.api.get(ours).reply(200, { object: { sha: 'c5' } });
    net.graphql({ data: { repository: { object: { text: 'wanted' } } } });
    expect(await shop.commitFile(file)).toBe('unchanged');
  });

  it('begins its branch again after the last one was merged', async () => {
    net.api.get(standing).reply(200, []);
    net.api.get(ours).reply(200, { object: { sha: 'merged long ago' } });
    net.api
      .patch(`${home}/git/refs/heads%2Fdatabase-lead%2Ftask-files`, { sha: 'c1', force: true })
      .reply(200, { object: { sha: 'c1' } });
    net.graphql({ data: { repository: { object: null } } });
    accept();
    net.api.post(`${home}/pulls`).reply(201, { number: 10 });
    expect(await shop.commitFile(file)).toBe('pull-request');
    expect(net.asked.at(-1)?.variables.input).toMatchObject({ expectedHeadOid: 'c1' });
  });

  it('tells of the permission that is missing, and remembers it', async () => {
    net.api.get(standing).reply(200, []);
    net.api.get(ours).reply(404, { message: 'Not Found' });
    const needs = { 'x-accepted-github-permissions': 'contents=write' };
    net.api.post(`${home}/git/refs`).reply(403, { message: 'Resource not accessible by integration' }, needs);
    await expect(shop.commitFile(file)).rejects.toMatchObject({ name: 'Forbidden', needs: 'contents=write' });
    expect([...shop.without.keys()]).toEqual(['task-files']);
  });

  it('is left alone from then on where no branch of ours may be made', async () => {
    net.api.get(standing).reply(200, []);
    net.api.get(ours).reply(404, { message: 'Not Found' });
    net.api.post(`${home}/git/refs`).reply(422, { message: 'Repository rule violations found' });
    expect(await shop.commitFile(file)).toBe('unchanged');
    expect([...shop.without.keys()]).toEqual(['task-files']);
    expect(await shop.commitFile(file)).toBe('unchanged');
  });
});
