import { promises } from 'node:fs';
import { join } from 'node:path';
import type { PromiseFsClient } from 'isomorphic-git';

class FsError extends Error {
  readonly code: string;
  constructor(code: string, path: string) {
    super(`${code}: ${path}`);
    this.code = code;
  }
}

/** Folder under which an in-memory store believes to live. */
export const memoryRoot = '/git';

/**
 * The file system that isomorphic-git asks for, over a map from path to bytes: a snapshot is a copy of the map. With
 * `below`, what is not in the map is read from that git folder on disk, which itself is never written: a copy-on-write
 * copy of a person's repository that costs nothing to make.
 */
export function memoryFs(files: Map<string, Uint8Array>, below: string | null): PromiseFsClient {
  function onDisk(path: string): string {
    if (!below || !path.startsWith(`${memoryRoot}/`)) throw new FsError('ENOENT', path);
    return join(below, path.slice(memoryRoot.length));
  }

  async function stat(path: string) {
    const bytes = files.get(path);
    if (!bytes) return promises.stat(onDisk(path));
    return {
      type: 'file',
      mode: 0o100644,
      size: bytes.length,
      ino: 0,
      mtimeMs: 0,
      ctimeMs: 0,
      uid: 1,
      gid: 1,
      dev: 1,
      isFile: () => true,
      isDirectory: () => false,
      isSymbolicLink: () => false,
    };
  }

  return {
    promises: {
      async readFile(path: string, options?: string | { encoding?: string }) {
        const bytes = files.get(path) ?? (await promises.readFile(onDisk(path)));
        const encoding = typeof options === 'string' ? options : options?.encoding;
        return encoding ? Buffer.from(bytes).toString('utf8') : bytes;
      },
      async writeFile(path: string, data: Uint8Array | string) {
        files.set(path, typeof data === 'string' ? Buffer.from(data) : data);
      },
      async unlink(path: string) {
        if (!files.delete(path)) throw new FsError('ENOENT', path);
      },
      async readdir(path: string) {
        // Only the pack folder is ever listed, and new objects are written loose: all packs are on disk.
        return promises.readdir(onDisk(path));
      },
      async mkdir() {},
      async rmdir() {},
      stat,
      lstat: stat,
      async readlink(path: string) {
        throw new FsError('EINVAL', path);
      },
      async symlink(_target: string, path: string) {
        throw new FsError('EPERM', path);
      },
    },
  };
}
