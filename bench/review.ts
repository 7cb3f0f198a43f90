import { Octokit } from '@octokit/rest';
import { type Pair, startPair } from '../src/cli/pair.ts';
import { comment, conclusion } from '../src/story/looks.ts';
import { people, shop } from '../src/story/shop.ts';
import type { Stage } from '../src/story/stage.ts';
import { print } from './figures.ts';

const latencyMs = 100;

const names = ['first', 'second', 'third', 'fourth'];

/** Calls of the critical path. */
const waits = 8;

/**
 * One review from the pull request to its verdict and summary, at 100 ms a call, with a short and with a long history; warm,
 * which means that one pull request has been reviewed before. The critical path is what must wait for one another: the pull
 * request before its texts, the texts before the second look, that before the review, the review before the checks, and after
 * the engine the pull request, the summary and the checks.
 */
export async function review(): Promise<void> {
  const walls: number[] = [];
  for (const length of [50, 5_000]) {
    const pair = await startPair(
      { ...shop, ownerType: 'Organization', files: history(length), users: people, labels: [{ name: 'database' }] },
      { logLevel: 'error', sweepSeconds: 3_600 },
    );
    try {
      const stage = stageOn(pair);
      await reviewed(pair, stage, 'first', length + 1);
      pair.sandbox.faults.add({ kind: 'latency', ms: latencyMs, match: { by: 'app' } });
      const rounds: Round[] = [];
      for (const name of names.slice(1)) rounds.push(await reviewed(pair, stage, name, length + 1));
      const { ms, calls, writes, engineMs } = median(rounds);
      walls.push(ms);
      const criticalMs = waits * latencyMs + engineMs;
      print(`one review at ${latencyMs} ms a call, ${length} migrations of history, warm, median of 3`, {
        'wall ms, until verdict and summary stand': ms,
        'API calls': calls,
        'of them writes': writes,
        'engine ms': engineMs,
        'critical path ms': criticalMs,
        'wall / critical path': ratio(ms, criticalMs),
      });
      const before = pair.sandbox.requests.length;
      await again(pair);
      const own = pair.sandbox.requests.slice(before).filter(({ by }) => by === 'app');
      print('the same pull requests looked at again', {
        'API calls': own.length,
        'of them writes': own.filter(({ write }) => write).length,
      });
    } finally {
      await pair.close();
    }
  }
  const [short = 1, long = 1] = walls;
  print('5,000 migrations of history against 50', { 'wall ratio': ratio(long, short) });
}

interface Round {
  readonly ms: number;
  readonly calls: number;
  readonly writes: number;
  readonly engineMs: number;
}

function stageOn({ sandbox }: Pair): Stage {
  return {
    owner: shop.owner,
    repo: shop.name,
    as: (login) => new Octokit({ auth: sandbox.tokenOf(login), baseUrl: sandbox.apiUrl }),
    tell() {},
    pause: async () => {},
    patience: 300_000,
  };
}

/** Migrations of a shop that grows: a table in ten, columns and indexes for it in the others. */
function history(length: number): Readonly<Record<string, string>> {
  const files: Record<string, string> = {
    '.github/database-lead.yml': 'databases: [{ name: shop, engine: postgresql, migrations: db/migrations }]\n',
  };
  for (let at = 1; at <= length; at++) {
    const table = `t${Math.ceil(at / 10)}`;
    const [up, down] =
      at % 10 === 1
        ? [`CREATE TABLE ${table} (id bigint PRIMARY KEY, name text NOT NULL);`, `DROP TABLE ${table};`]
        : [`ALTER TABLE ${table} ADD COLUMN c${at} bigint;`, `ALTER TABLE ${table} DROP COLUMN c${at};`];
    files[fileOf(at, 'up')] = `${up}\n`;
    files[fileOf(at, 'down')] = `${down}\n`;
  }
  return files;
}

function fileOf(version: number, way: 'up' | 'down'): string {
  return `db/migrations/${String(version).padStart(6, '0')}_change.${way}.sql`;
}

/** A pull request that adds a careless migration, until its review has come to an end. */
async function reviewed({ sandbox, server }: Pair, stage: Stage, name: string, version: number): Promise<Round> {
  const { owner, repo } = stage;
  // Each on a table of its own: of one that others change, too, theirs would be told, and that is their cost.
  const table = `t${1 + names.indexOf(name)}`;
  const head = await push(stage, name, {
    [fileOf(version, 'up')]:
      `ALTER TABLE ${table} ADD COLUMN gift boolean;\nCREATE INDEX ${table}_gift ON ${table} (name);\n`,
    [fileOf(version, 'down')]: `ALTER TABLE ${table} DROP COLUMN gift;\nDROP INDEX ${table}_gift;\n`,
  });
  await settled(server, sandbox);
  const before = sandbox.requests.length;
  const engineBefore = await engineMs(server);
  const started = performance.now();
  const { data } = await stage.as('grace').rest.pulls.create({ owner, repo, title: name, head: name, base: 'main' });
  await comment(stage, data.number, /^## Database review/, 'a summary');
  await conclusion(stage, head, 'database-lead/verify');
  const ms = Math.round(performance.now() - started);
  const own = sandbox.requests.slice(before).filter(({ by }) => by === 'app');
  const spent = Math.round((await engineMs(server)) - engineBefore);
  await settled(server, sandbox);
  return { ms, calls: own.length, writes: own.filter(({ write }) => write).length, engineMs: spent };
}

async function push(stage: Stage, branch: string, files: Readonly<Record<string, string>>): Promise<string> {
  const at = { owner: stage.owner, repo: stage.repo };
  const { git } = stage.as('grace').rest;
  const main = (await git.getRef({ ...at, ref: 'heads/main' })).data.object.sha;
  const tree = Object.entries(files).map(
    ([path, content]) => ({ path, content, mode: '100644', type: 'blob' }) as const,
  );
  const { data: made } = await git.createTree({ ...at, base_tree: main, tree });
  const { data: commit } = await git.createCommit({ ...at, message: branch, tree: made.sha, parents: [main] });
  await git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: commit.sha });
  return commit.sha;
}

/** Looks at everything once more, as the timer does. */
async function again({ server, sandbox }: Pair): Promise<void> {
  await server.sweep();
  await settled(server, sandbox);
}

async function settled(server: Pair['server'], sandbox: Pair['sandbox']): Promise<void> {
  do {
    await sandbox.idle();
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while ((await server.pending()) > 0);
}

/** What the engine's jobs took so far, as the server measures it. */
async function engineMs({ url }: Pair['server']): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return (
    Number(/database_lead_job_seconds_sum\{(?=[^}]*evidence)(?=[^}]*"ok")[^}]*\} ([\d.e+-]+)/.exec(text)?.[1] ?? 0) *
    1_000
  );
}

function median(rounds: readonly Round[]): Round {
  const middle = rounds.toSorted((a, b) => a.ms - b.ms)[Math.floor(rounds.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

function ratio(one: number, other: number): number {
  return Math.round((one / other) * 100) / 100;
}
