import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scenes } from '../../support/scene.ts';
import { workspace } from '../workspace.ts';
import { careful, named, permissions, place, review, risky, workflowToken, writes } from './outside.ts';

const stories = scenes();

async function opened(files: Readonly<Record<string, string>> = risky) {
  const scene = await stories.shop();
  const head = await scene.commit('grace', 'index', files);
  const number = await scene.pull('grace', 'index');
  return { scene, head, number, pr: named(scene, number) };
}

describe('a token that may not do everything', () => {
  it('only reads: annotations and a summary instead, and the exit code', async () => {
    const { scene, pr, head, number } = await opened();
    const token = await workflowToken(scene, { contents: 'read', pull_requests: 'read', checks: 'read' });
    const cwd = workspace({ summary: '', output: '' });
    const { code, stdout, stderr } = await review(scene, token, ['--pr', pr, '--no-verify'], {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(cwd, 'summary'),
      GITHUB_OUTPUT: join(cwd, 'output'),
    });
    expect(code).toBe(1);
    expect(stderr).toContain('not allowed, and left out: post-review, which needs `pull-requests: write`');
    // A log obeys lines that look like commands, so what a stranger wrote is fenced off.
    expect(stdout).toMatch(/^::stop-commands::([0-9a-f-]{36})\n[\s\S]*\n::\1::\n::error file=/);
    expect(stdout).toContain(`::error file=${place.path},line=${place.line},`);
    expect(readFileSync(join(cwd, 'summary'), 'utf8')).toContain(
      `| error | \`require-concurrent-index\` | \`${place.path}\` 2 |`,
    );
    expect(readFileSync(join(cwd, 'output'), 'utf8')).toMatch(/^conclusion=failure\nfindings=\d+\nblocking=1\n$/);
    expect([await scene.threads(number), await scene.comments(number), await scene.checks(head)]).toEqual([[], [], {}]);
  });

  it("is a person's: everything but check runs", async () => {
    const { scene, head, number, pr } = await opened();
    const token = scene.sandbox.tokenOf('carol');
    const { code, stderr } = await review(scene, token, ['--pr', pr, '--no-verify']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('carol is not an App') });
    expect((await scene.threads(number)).map(({ author }) => author)).toContain('carol');
    expect(await scene.checks(head)).toEqual({});
    const before = writes(scene);
    expect((await review(scene, '', ['--pr', pr, '--no-verify'], { GH_TOKEN: token })).code).toBe(1);
    expect(writes(scene)).toBe(before);
  });

  it("is the author's own, who cannot request changes of herself", async () => {
    const scene = await stories.shop({
      '.github/database-lead.yml':
        'databases:\n  - { name: shop, engine: postgresql, migrations: db/migrations }\nreview: { request-changes: true }\n',
    });
    await scene.commit('grace', 'index', risky);
    const number = await scene.pull('grace', 'index');
    const { code } = await review(scene, scene.sandbox.tokenOf('grace'), ['--pr', named(scene, number), '--no-verify']);
    expect(code).toBe(1);
    const { data } = await scene.as('grace').rest.pulls.listReviews({ ...scene.at, pull_number: number });
    expect(data.map(({ user, state }) => [user?.login, state])).toEqual([['grace', 'COMMENTED']]);
  });

  it('is fine-grained, with too little', async () => {
    const { scene, pr } = await opened();
    const token = scene.sandbox.tokenOf('carol', { contents: 'read' });
    const { code, stderr } = await review(scene, token, ['--pr', pr, '--no-verify']);
    expect(code).toBe(1);
    expect(stderr).toContain('post-review, which needs `pull-requests: write`');
  });

  it('reads no files', async () => {
    const { scene, pr } = await opened();
    const token = await workflowToken(scene, { pull_requests: 'write', checks: 'write' });
    const { code, stdout, stderr } = await review(scene, token, ['--pr', pr]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('contents: read');
  });
});

describe('what cannot be reviewed', () => {
  it.each([
    ['acme/shop#99', 'there is no pull request acme/shop#99'],
    ['acme/none#1', 'there is no pull request acme/none#1'],
    ['acme/shop', '--pr is "acme/shop"'],
    ['7', '--pr is "7", and no repository'],
    ['https://github.com/acme/shop/pull/1', 'the pull request is on github.com, and the API is that of 127.0.0.1'],
  ])('%s', async (pr, mistake) => {
    const scene = await stories.shop();
    const { code, stdout, stderr } = await review(scene, await workflowToken(scene), ['--pr', pr]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(mistake) });
  });

  it.each([
    ['no token', '', 'no token: GITHUB_TOKEN is not set'],
    ['a wrong token', 'ghp_wrong', 'GitHub does not accept the token'],
    ['a token with a line end inside', 'ghp_a\nb', 'has characters that no token has'],
  ])('%s', async (_, token, mistake) => {
    const scene = await stories.shop();
    const { code, stdout, stderr } = await review(scene, token, ['--pr', 'acme/shop#1']);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(mistake) });
    expect(stderr).not.toContain('ghp_');
  });

  it('a limit is said with its end', async () => {
    const { scene, pr } = await opened();
    scene.sandbox.faults.add({ kind: 'primary-limit', resetIn: 1800, match: { path: '/files' } });
    const { code, stderr } = await review(scene, await workflowToken(scene), ['--pr', pr]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /the token's requests of this hour \(\d+\) are used up until 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/,
    );
  });

  it('an API that is none', async () => {
    const scene = await stories.shop();
    const args = ['--pr', 'acme/shop#1', '--api-url', 'ftp://github.example'];
    const { code, stderr } = await review(scene, 'x', args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('is no address of an API') });
  });
});

describe('an Enterprise Server', () => {
  it('is found by --api-url, with another variable for the token', async () => {
    const { scene, number } = await opened(careful);
    const args = ['--pr', `${scene.sandbox.url}/acme/shop/pull/${number}`, '--api-url', `${scene.sandbox.apiUrl}/`];
    const { code, stderr } = await review(scene, '', [...args, '--token-env', 'HOUSE_TOKEN', '--no-verify'], {
      GITHUB_API_URL: 'https://api.github.com',
      GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
      HOUSE_TOKEN: await workflowToken(scene),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('may have GraphQL at an address of its own', async () => {
    const { scene, pr } = await opened(careful);
    const { code } = await review(scene, await workflowToken(scene), ['--pr', pr, '--no-verify'], {
      GITHUB_GRAPHQL_URL: scene.sandbox.graphqlUrl.replace('/api/graphql', '/graphql'),
    });
    expect(code).toBe(0);
    expect(scene.sandbox.requests.map(({ path }) => path)).toContain('/graphql');
  });
});

describe('--upload-sarif', () => {
  it('hands the findings to code scanning for the head', async () => {
    const { scene, head, number, pr } = await opened();
    const token = await workflowToken(scene, { ...permissions, security_events: 'write' });
    const args = ['--pr', pr, '--no-verify', '--upload-sarif', '--format', 'json'];
    const { stdout, stderr } = await review(scene, token, args);
    expect({ stderr, scanned: JSON.parse(stdout).codeScanning }).toEqual({ stderr: '', scanned: { kind: 'stored' } });
    const [upload, ...more] = [...scene.sandbox.site.world.sarifs.values()];
    expect(more).toEqual([]);
    expect(upload).toMatchObject({ commitSha: head, ref: `refs/pull/${number}/head`, toolName: 'database-lead' });
    const [run] = JSON.parse(upload?.sarif ?? '').runs;
    expect(run.results[0]).toMatchObject({
      ruleId: 'require-concurrent-index',
      locations: [{ physicalLocation: { artifactLocation: { uri: place.path } } }],
    });
  });

  it.each([
    ['the permission is missing', true, permissions, 'Put `security-events: write` under `permissions:`'],
    ['code scanning is off', false, { ...permissions, security_events: 'write' as const }, 'code scanning is off'],
  ])('is no failure where %s', async (_, on, granted, said) => {
    const { scene, pr } = await opened(careful);
    for (const repository of scene.sandbox.site.world.repositories.values()) repository.codeScanning = on;
    const token = await workflowToken(scene, granted);
    const { code, stderr } = await review(scene, token, ['--pr', pr, '--no-verify', '--upload-sarif']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(said) });
  });
});
