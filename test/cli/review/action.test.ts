import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Scene, scenes } from '../../support/scene.ts';
import { environment, type Ran, workspace } from '../workspace.ts';
import { careful, named, risky, workflowToken, writes } from './outside.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The form of a composite action (documentation, "Metadata syntax reference"), as far as this one uses it. */
const described = z.strictObject({ description: z.string().max(200), default: z.string() });
const metadata = z.strictObject({
  name: z.string(),
  description: z.string().max(125),
  author: z.string(),
  branding: z.strictObject({ icon: z.string(), color: z.string() }),
  inputs: z.record(z.string(), described),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({
    using: z.literal('composite'),
    steps: z.array(
      z.union([
        z.strictObject({ uses: z.string().regex(/@[0-9a-f]{40}$/), with: z.record(z.string(), z.unknown()) }),
        z.strictObject({
          name: z.string(),
          id: z.string().optional(),
          shell: z.literal('bash'),
          env: z.record(z.string(), z.string()).optional(),
          run: z.string(),
        }),
      ]),
    ),
  }),
});
const action = metadata.parse(parse(readFileSync(join(root, 'action.yml'), 'utf8')));
const scripts = action.runs.steps.flatMap((step) => ('run' in step ? [step] : []));
const step = scripts.find(({ id }) => id === 'review');

/** What an expression in `env:` becomes. */
function expressed(text: string, inputs: Readonly<Record<string, string>>): string {
  const name = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1] ?? '';
  return inputs[name] ?? action.inputs[name]?.default ?? `no input ${name}`;
}

const stories = scenes();

interface Job {
  readonly scene: Scene;
  readonly token: string;
  readonly event: object;
  readonly name?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** Runs the step's script as a runner does, with what GitHub sets around it, on a checkout of the action. */
async function job({ scene, token, event, name = 'pull_request', inputs = {} }: Job) {
  const cwd = workspace({ 'event.json': JSON.stringify(event), output: '', summary: '', script: step?.run ?? '' });
  const given = Object.entries(step?.env ?? {}).map(([key, text]) => [
    key,
    expressed(text, { 'github-token': token, ...inputs }),
  ]);
  const env = {
    ...environment,
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    ...Object.fromEntries(given),
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: root,
    GITHUB_API_URL: scene.sandbox.apiUrl,
    GITHUB_GRAPHQL_URL: scene.sandbox.graphqlUrl,
    GITHUB_SERVER_URL: scene.sandbox.url,
    GITHUB_REPOSITORY: `${scene.at.owner}/${scene.at.repo}`,
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: join(cwd, 'event.json'),
    GITHUB_OUTPUT: join(cwd, 'output'),
    GITHUB_STEP_SUMMARY: join(cwd, 'summary'),
  };
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', join(cwd, 'script')], { cwd, env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<Ran['code']>((settle) => child.on('close', settle));
  const outputs = Object.fromEntries(
    readFileSync(join(cwd, 'output'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('=', 2)),
  );
  return { code, stdout, stderr, outputs, summary: readFileSync(join(cwd, 'summary'), 'utf8') };
}

async function opened(files: Readonly<Record<string, string>>) {
  const scene = await stories.shop();
  const head = await scene.commit('grace', 'index', files);
  const number = await scene.pull('grace', 'index');
  return { scene, head, number, token: await workflowToken(scene) };
}

const quick = { verify: 'false' };

describe('action.yml', () => {
  it('puts no expression into a script', () => {
    for (const { run } of scripts) expect(run).not.toContain('${{');
    expect(step?.env).toBeDefined();
  });

  it('hands out what its step leaves', () => {
    expect(Object.entries(action.outputs).map(([name, { value }]) => [name, value])).toEqual(
      ['conclusion', 'findings', 'blocking'].map((name) => [name, `\${{ steps.review.outputs.${name} }}`]),
    );
  });

  it('is described in docs/github-action.md, every input and output', () => {
    const page = readFileSync(join(root, 'docs/github-action.md'), 'utf8');
    for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
      expect(page).toContain(`| \`${name}\` `);
  });
});

describe('the action', () => {
  it('reviews the pull request that started the workflow', async () => {
    const { scene, head, number, token } = await opened(risky);
    const { code, outputs, summary } = await job({ scene, token, event: { pull_request: { number } }, inputs: quick });
    expect({ code, outputs }).toEqual({
      code: 1,
      outputs: { conclusion: 'failure', findings: expect.stringMatching(/^\d+$/), blocking: '1' },
    });
    expect(summary).toContain(`\`${named(scene, number)}\``);
    expect((await scene.threads(number)).length).toBeGreaterThan(0);
    expect((await scene.checks(head))['database-lead']?.conclusion).toBe('failure');
  });

  it.each([
    [
      'merge_group',
      (number: number) => ({ merge_group: { head_ref: `refs/heads/gh-readonly-queue/main/pr-${number}-ab12` } }),
    ],
    ['workflow_dispatch', (number: number) => ({ inputs: { pr: String(number) } })],
    ['pull_request_target', (number: number) => ({ pull_request: { number } })],
    ['issue_comment', (number: number) => ({ issue: { number, pull_request: {} } })],
  ])('finds it in the event %s', async (name, event) => {
    const { scene, number, token } = await opened(careful);
    const { code, stdout } = await job({ scene, token, name, event: event(number), inputs: quick });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`${named(scene, number)} at `) });
  });

  it('writes nothing with dry-run', async () => {
    const { scene, number, token } = await opened(risky);
    const before = writes(scene);
    const inputs = { ...quick, 'dry-run': 'true', pr: `${number}`, 'fail-on': 'never' };
    const { code, stdout } = await job({ scene, token, event: {}, inputs });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('would write: a review') });
    expect(writes(scene)).toBe(before);
  });

  it.each([
    [{ pr: '1; touch pwned' }, '--pr is "1; touch pwned"'],
    [{ pr: '--dry-run' }, '--pr is "--dry-run"'],
    [{ verify: 'yes' }, 'verify is true or false'],
    [{ 'fail-on': '$(id)' }, '--fail-on is "$(id)"'],
    [{}, 'the event push names no pull request'],
  ])('%j is refused', async (inputs: Readonly<Record<string, string>>, mistake) => {
    const scene = await stories.shop();
    const { code, stderr } = await job({ scene, token: 'x', name: 'push', event: {}, inputs });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(mistake) });
  });
});
