import { link, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, TerminalError } from '../kernel/errors.ts';
import { digest } from '../kernel/hash.ts';

/** Gives the directory free again. */
export type Unlock = () => Promise<void>;

// The operating system's limit for the path of a socket is 104 bytes on macOS and 108 on Linux.
const longestSocketPath = 103;
const noSocketsHere = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'];

/**
 * Makes `directory` (absolute, existing) this process's own, or throws a `TerminalError` while another process has it.
 * PGlite itself does not notice a second process and both destroy the files (electric-sql/pglite#1106).
 *
 * The lock is a listening socket and not a file with a process id, because the operating system takes it away from a
 * killed process, and because process ids mean nothing between two containers that share the directory.
 */
export async function lockDirectory(directory: string): Promise<Unlock> {
  const elsewhere = join(tmpdir(), `database-lead-${digest(directory).slice(0, 24)}.sock`);
  if (process.platform === 'win32') return lockAt(`\\\\.\\pipe\\database-lead-${digest(directory)}`, directory);
  const beside = join(directory, 'in-use.sock');
  if (Buffer.byteLength(beside) > longestSocketPath) return lockAt(elsewhere, directory);
  try {
    return await lockAt(beside, directory);
  } catch (error) {
    if (!noSocketsHere.includes(codeOf(error))) throw error;
    return lockAt(elsewhere, directory);
  }
}

async function lockAt(path: string, directory: string): Promise<Unlock> {
  try {
    return await listenAt(path);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
  }
  if (await answers(path)) throw inUse(directory);
  await removeStale(path, directory);
  try {
    return await listenAt(path);
  } catch (error) {
    throw codeOf(error) === 'EADDRINUSE' ? inUse(directory) : error;
  }
}

async function listenAt(path: string): Promise<Unlock> {
  const server: Server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    // Without permission to ask, somebody else's process has to be assumed.
    socket.once('error', (error) => resolve(codeOf(error) === 'EACCES'));
  });
}

/** Takes away the socket of a dead process; of two that try at once, the slower must not take the faster one's new socket. */
async function removeStale(path: string, directory: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (await answers(aside)) {
    await link(aside, path).catch(() => undefined);
    await rm(aside, { force: true });
    throw inUse(directory);
  }
  await rm(aside, { force: true });
}

function inUse(directory: string): TerminalError {
  return new TerminalError(
    `The data directory ${directory} is in use by another database-lead process.`,
    'Stop that process, choose another directory, or set DATABASE_URL to share one PostgreSQL between processes.',
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : messageOf(error);
}
