import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const cli = resolve(import.meta.dirname, '../../src/cli.ts');

/** A run leaves nothing in the home of whoever runs the tests. */
export const environment = { ...process.env, XDG_CACHE_HOME: join(tmpdir(), 'database-lead-tests') };

/** A directory with files, which is gone when the test is over. */
export function workspace(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'command-line-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  /** Stop reading the output after its first piece. */
  readonly hangUp?: boolean;
  readonly entry?: string;
  /** Variables beside those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the real command to its end. */
export function run(
  args: readonly string[],
  { cwd, input = '', hangUp, entry = cli, env }: Running = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [entry, ...args], { cwd, env: { ...environment, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    if (hangUp === true) child.stdout.destroy();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  // A command that does not read its input may be gone before it is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('close', (code) => settle({ code, stdout, stderr }));
  });
}
