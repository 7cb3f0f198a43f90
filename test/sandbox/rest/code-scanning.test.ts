import { gzipSync } from 'node:zlib';
import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Permissions } from '../../../src/sandbox/state/accounts.ts';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;
let commit_sha: string;

beforeAll(async () => {
  town = await startTown();
  const { data } = await town.as('bob').rest.git.getRef({ ...where, ref: 'heads/main' });
  commit_sha = data.object.sha;
});
afterAll(() => town.close());
beforeEach(() => {
  for (const repository of town.sandbox.site.world.repositories.values()) repository.codeScanning = true;
});

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const as = (auth: string) => new Octokit({ auth, baseUrl: town.sandbox.apiUrl, log: silent });
const workflow = async (permissions: Permissions) => as(await town.sandbox.workflowToken('acme/shop', permissions));
const packed = (value: unknown) => gzipSync(JSON.stringify(value)).toString('base64');
const run = (more: object = {}) => ({ tool: { driver: { name: 'lint', rules: [] } }, results: [], ...more });
const uploadAs = (client: Octokit, sarif: string) =>
  client.rest.codeScanning.uploadSarif({ ...where, commit_sha, ref: 'refs/heads/main', sarif, tool_name: 'lint' });

describe('uploads to code scanning', () => {
  test('are processed, and tell what is wrong inside', async () => {
    const client = await workflow({ security_events: 'write' });
    const statusOf = async (sarif: string) => {
      const { status, data } = await uploadAs(client, sarif);
      expect(status).toBe(202);
      return (await client.rest.codeScanning.getSarif({ ...where, sarif_id: data.id ?? '' })).data;
    };
    expect(await statusOf(packed({ version: '2.1.0', runs: [run()] }))).toMatchObject({
      processing_status: 'complete',
      errors: null,
    });
    expect(await statusOf(packed({ version: '2.0.0', runs: [run()] }))).toMatchObject({
      processing_status: 'failed',
      analyses_url: null,
      errors: ['Invalid SARIF. Missing or unsupported version'],
    });
    const many = run({ results: Array.from({ length: 25_001 }, () => ({})) });
    expect((await statusOf(packed({ version: '2.1.0', runs: [many] }))).errors).toEqual([
      'rejecting SARIF, as there are more results per run than allowed (25001 > 25000)',
    ]);
  });

  test('need the permission, and code scanning', async () => {
    const sarif = packed({ version: '2.1.0', runs: [] });
    expect(await refused(uploadAs(await workflow({ security_events: 'read' }), sarif))).toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
    for (const repository of town.sandbox.site.world.repositories.values()) repository.codeScanning = false;
    expect(await refused(uploadAs(await workflow({ security_events: 'write' }), sarif))).toMatchObject({
      status: 403,
      message: expect.stringContaining('Code Security must be enabled'),
    });
  });
});

describe('tokens', () => {
  test('of a workflow act as GitHub Actions, with its allowance', async () => {
    const client = await workflow({ checks: 'write' });
    const { viewer } = await client.graphql<{ viewer: { login: string } }>('{ viewer { login } }');
    expect(viewer.login).toBe('github-actions[bot]');
    const made = await client.rest.checks.create({ ...where, name: 'c', head_sha: commit_sha });
    expect(made.data.app?.slug).toBe('github-actions');
    expect(made.headers['x-ratelimit-limit']).toBe('1000');
  });

  test('that are fine-grained narrow what a person may do', async () => {
    const issue = { ...where, title: 'Narrow' };
    const { data } = await as(town.sandbox.tokenOf('alice')).rest.issues.create(issue);
    const narrow = as(town.sandbox.tokenOf('alice', { issues: 'read' }));
    const comment = { ...where, issue_number: data.number, body: 'x' };
    expect(await refused(narrow.rest.issues.createComment(comment))).toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by personal access token'),
    });
    const wide = as(town.sandbox.tokenOf('alice', { issues: 'write' }));
    expect((await wide.rest.issues.createComment(comment)).status).toBe(201);
  });
});
