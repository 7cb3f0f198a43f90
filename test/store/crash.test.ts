import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore, type StoreOptions } from '../../src/store/open-store.ts';
import type { JobFacts } from '../../src/store/port.ts';
import { until } from '../contract/store.ts';
import { findPostgres, type Server, startPostgres } from '../support/postgres.ts';

const parent = mkdtempSync(join(tmpdir(), 'crash-'));
const newDirectory = () => mkdtempSync(join(parent, 'd-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Starts a process that uses the store; `lines` are what it has said. */
function start(...args: string[]): { child: ChildProcess; lines: string[]; killed(): Promise<void> } {
  const program = fileURLToPath(new URL('./child.ts', import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    child,
    lines,
    async killed() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function open(options: Pick<StoreOptions, 'directory' | 'databaseUrl'>) {
  const store = await openStore({ log: silentLog, heartbeatSeconds: 10, ...options });
  onTestFinished(() => store.close());
  return store;
}

describe('after kill -9, the embedded store', () => {
  it('runs the job in hand again, and what waited', async () => {
    const directory = newDirectory();
    const dead = start('hold', directory);
    await until(() => dead.lines.length === 1);
    await dead.killed();

    const { queue } = await open({ directory });
    const facts = new Map<string, JobFacts>();
    await queue.work('pass', async (key, job) => void facts.set(key, job), { concurrency: 1 });
    await until(async () => (await queue.depth('pass')) === 0);
    expect([...facts.keys()].toSorted()).toEqual(['o/r#1', 'o/r#2']);
    expect(facts.get('o/r#1')).toMatchObject({ attempt: 0, delivery: 'd-1' });
  });

  it('has every key whose addition had resolved, time and again', async () => {
    const directory = newDirectory();
    for (const _ of [1, 2, 3]) {
      const dead = start('add', directory);
      await until(() => dead.lines.length > 50);
      await dead.killed();
      const store = await open({ directory });
      expect(await store.queue.depth('pass')).toBeGreaterThanOrEqual(dead.lines.length * 3);
      await store.close();
    }
  });

  it('is refused to a second process while the first one lives', async () => {
    const directory = newDirectory();
    const living = start('hold', directory);
    await until(() => living.lines.length === 1);
    await expect(open({ directory })).rejects.toThrow(`${directory} is in use by another database-lead process`);
    await living.killed();
    expect(await (await open({ directory })).queue.depth('pass')).toBe(2);
  });
});

const found = findPostgres(process.env);
const why = found.kind === 'none' ? ` (skipped: ${found.reason})` : '';

describe.skipIf(found.kind === 'none')(`after kill -9, the store on PostgreSQL${why}`, () => {
  let server: Server | undefined;
  beforeAll(async () => {
    if (found.kind !== 'none') server = await startPostgres(found);
  });
  afterAll(() => server?.stop());

  it('runs the job in hand in another process, once the dead one has been silent long enough', async () => {
    const databaseUrl = (await server?.database()) ?? '';
    const directory = newDirectory();
    const dead = start('hold', directory, databaseUrl);
    await until(() => dead.lines.length === 1);
    const { queue } = await open({ directory, databaseUrl });
    await dead.killed();
    const keys: string[] = [];
    await queue.work('pass', async (key) => void keys.push(key), { concurrency: 1 });
    await until(() => keys.length === 2);
    expect(keys).toEqual(['o/r#2', 'o/r#1']);
  });
});
