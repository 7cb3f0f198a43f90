import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL for tests, or why there is none. */
export type Found =
  | { readonly kind: 'found'; readonly binaries: string }
  | { readonly kind: 'given'; readonly url: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Looks for `TEST_DATABASE_URL`, then for a PostgreSQL that Debian installed. */
export function findPostgres(env: NodeJS.ProcessEnv): Found {
  if (env.TEST_DATABASE_URL !== undefined) return { kind: 'given', url: env.TEST_DATABASE_URL };
  const parent = '/usr/lib/postgresql';
  const versions = existsSync(parent) ? readdirSync(parent).sort((a, b) => Number(b) - Number(a)) : [];
  const newest = versions.find((version) => existsSync(join(parent, version, 'bin', 'initdb')));
  if (newest !== undefined) return { kind: 'found', binaries: join(parent, newest, 'bin') };
  return { kind: 'none', reason: `TEST_DATABASE_URL is not set and ${parent} has no server` };
}

export interface Server {
  /** A new, empty database. */
  database(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a throwaway server that listens on a socket only, or uses the one that was given. */
export async function startPostgres(found: Exclude<Found, { kind: 'none' }>): Promise<Server> {
  if (found.kind === 'given') return { database: () => newDatabase(found.url), stop: async () => undefined };
  const directory = mkdtempSync(join(tmpdir(), 'pg-'));
  const user = unprivileged();
  if (user !== undefined) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const run = { cwd: directory, ...user };
  execFileSync(join(found.binaries, 'initdb'), ['-D', data, '-U', 'tester', '--auth=trust', '--no-sync'], {
    ...run,
    stdio: 'ignore',
  });
  const settings = ['-c', 'fsync=off', '-c', 'listen_addresses=', '-c', `unix_socket_directories=${directory}`];
  const server = spawn(join(found.binaries, 'postgres'), ['-D', data, ...settings], { ...run, stdio: 'ignore' });
  const url = `postgresql://tester@/postgres?host=${encodeURIComponent(directory)}`;
  await answering(url);
  return {
    database: () => newDatabase(url),
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGQUIT');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The user to run the server as: PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function newDatabase(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT 'test_' || replace(gen_random_uuid()::text, '-', '') AS name`,
  );
  const name = rows[0]?.name ?? '';
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const own = new URL(url.replace('@/', '@localhost/'));
  own.pathname = `/${name}`;
  return own.href.replace('@localhost/', '@/');
}
