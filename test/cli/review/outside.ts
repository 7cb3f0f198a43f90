import type { Scene } from '../../support/scene.ts';
import { type Ran, run } from '../workspace.ts';

export const permissions = { contents: 'read', pull_requests: 'write', checks: 'write' } as const;

/** Locks everybody out while it is built: it blocks, on the second line of its migration, and runs all the same. */
export const risky = {
  'db/migrations/0013_index_status.up.sql':
    "SET lock_timeout = '3s';\nCREATE INDEX orders_status ON orders (status);\n",
  'db/migrations/0013_index_status.down.sql': 'DROP INDEX CONCURRENTLY orders_status;\n',
};
export const place = { path: 'db/migrations/0013_index_status.up.sql', line: 2 } as const;

/** The same without the fault. */
export const careful = { [place.path]: 'CREATE INDEX CONCURRENTLY orders_status ON orders (status);\n' };

/** What of the environment of the tests must not reach the command: they may run in a workflow themselves. */
const nothing = {
  GITHUB_TOKEN: '',
  GH_TOKEN: '',
  GITHUB_ACTIONS: '',
  GITHUB_API_URL: '',
  GITHUB_GRAPHQL_URL: '',
  GITHUB_EVENT_NAME: '',
  GITHUB_EVENT_PATH: '',
  GITHUB_REPOSITORY: '',
  GITHUB_OUTPUT: '',
  GITHUB_STEP_SUMMARY: '',
};

/** Runs the real command against the sandbox of a scene, over HTTP. */
export function review(
  scene: Scene,
  token: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return run(['review', ...args], {
    env: { ...nothing, GITHUB_TOKEN: token, GITHUB_API_URL: scene.sandbox.apiUrl, ...env },
  });
}

/** Pull requests of a scene by number, as the command is given them. */
export const named = (scene: Scene, number: number) => `${scene.at.owner}/${scene.at.repo}#${number}`;

export const workflowToken = (scene: Scene, given: Parameters<Scene['sandbox']['workflowToken']>[1] = permissions) =>
  scene.sandbox.workflowToken(`${scene.at.owner}/${scene.at.repo}`, given);

/** How many writes the sandbox has performed since it began. */
export const writes = (scene: Scene) =>
  scene.sandbox.requests.filter(({ write, status }) => write && status < 300).length;
