import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPgliteEngine } from '../../../src/engines/pglite/engine.ts';
import { startProcess } from '../../../src/engines/pglite/process.ts';
import { createTemplates } from '../../../src/engines/pglite/template.ts';
import { EngineEnded } from '../../../src/engines/session.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { keepingLog, migration } from '../migrations.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'engines-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The processes that this one has started and that run the engine's worker (proc(5)). */
async function workers(): Promise<
  readonly { readonly pid: number; readonly command: string; readonly environment: string }[]
> {
  const children = (await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')).split(' ').filter(Boolean);
  const found = await Promise.all(
    children.map(async (pid) => ({
      pid: Number(pid),
      command: (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' '),
      environment: await readFile(`/proc/${pid}/environ`, 'utf8'),
    })),
  );
  return found.filter(({ command }) => command.includes('pglite/worker.ts'));
}

// Without /proc there is no looking at another process from outside.
describe.runIf(process.platform === 'linux')('the process of an engine', () => {
  it('gets no environment beside its channel, and Node’s permission model', async () => {
    const started = startProcess(silentLog);
    try {
      const [worker] = await workers();
      const names = worker?.environment
        .split('\0')
        .filter(Boolean)
        .map((entry) => entry.split('=')[0]);
      expect(names?.every((name) => name?.startsWith('NODE_CHANNEL_'))).toBe(true);
      expect(worker?.command).toContain(' --permission ');
      expect(worker?.command).not.toMatch(/--allow-(?!fs-read=|worker )/);
    } finally {
      await started.end();
    }
  });

  it('is gone after its end, and whoever waits for it learns so', async () => {
    const started = startProcess(silentLog);
    const waiting = expect(started.request({ kind: 'make-template' })).rejects.toThrow(EngineEnded);
    await started.end();
    await waiting;
    await expect(started.request({ kind: 'run', sql: 'SELECT 1' })).rejects.toThrow(EngineEnded);
    expect(await workers()).toEqual([]);
  });

  it('may die in the middle of a run: that is the run’s result, and the next one works', async () => {
    const engine = createPgliteEngine({ log: silentLog, dataDirectory: directory });
    const run = (sql: string) => engine.verify({ base: [], migrations: [migration('1.sql', sql)], criteria: [] });
    await run('SELECT 1;');
    const before = new Set((await workers()).map(({ pid }) => pid));
    const running = run('CREATE TABLE a (id int);\nDO $$ BEGIN LOOP END LOOP; END $$;');
    // The standby of the first run is what the second runs in; it alone is busy, for ever.
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    for (const pid of before) process.kill(pid, 'SIGKILL');
    expect((await running).failed).toMatchObject({ line: 2, code: 'crash' });
    expect((await run('SELECT 1;')).failed).toBeNull();
    await engine.close();
    expect(await workers()).toEqual([]);
  }, 120_000);
});

describe.runIf(process.platform === 'linux')('a server that is killed', () => {
  it('leaves no engine behind, even one that runs for ever', async () => {
    const server = fork(join(import.meta.dirname, 'endless.ts'), { stdio: 'inherit' });
    const [pid] = (await once(server, 'message')) as [number];
    server.kill('SIGKILL');
    await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), { timeout: 20_000, interval: 200 });
  });
});

describe('the template', () => {
  it('is kept on disk, read from there, and made again when it is damaged', async () => {
    const folder = join(directory, 'kept');
    const made = await createTemplates(folder, silentLog).get();
    const [file] = await readdir(folder);
    expect(await createTemplates(folder, silentLog).get()).toEqual(Buffer.from(made));

    await writeFile(join(folder, file ?? ''), made.subarray(0, 1_000));
    const log = keepingLog();
    const engine = createPgliteEngine({ log, dataDirectory: folder });
    const report = await engine.verify({ base: [], migrations: [migration('1.sql', 'SELECT 1;')], criteria: [] });
    await engine.close();
    expect(report.applied).toBe(1);
    expect(log.lines.map(({ message }) => message)).toContain(
      'a scratch database did not open; trying again with a new template',
    );
    expect((await readFile(join(folder, file ?? ''))).length).toBeGreaterThan(1_000_000);
  });

  it('is not needed on disk: where it cannot be kept, it is made', async () => {
    const file = join(directory, 'a-file');
    await writeFile(file, '');
    const log = keepingLog();
    expect((await createTemplates(join(file, 'below'), log).get()).length).toBeGreaterThan(1_000_000);
    expect(log.lines).toHaveLength(1);
  });
});
