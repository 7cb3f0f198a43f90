import type { PromiseFsClient } from 'isomorphic-git';

class FsError extends Error {
  readonly code: string;
  constructor(code: string, path: string) {
    super(`${code}: ${path}`);
    this.code = code;
  }
}

/**
 * The file system that isomorphic-git asks for, over a map from path to bytes. Folders exist where files are: that is
 * all a bare object store needs, and it makes a snapshot a copy of the map.
 */
export function memoryFs(files: Map<string, Uint8Array>): PromiseFsClient {
  function entry(path: string) {
    const bytes = files.get(path);
    // Only the pack folder is ever listed or looked for, and there are no packs in memory.
    if (!bytes) throw new FsError('ENOENT', path);
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
        const bytes = files.get(path);
        if (!bytes) throw new FsError('ENOENT', path);
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
        const inside = `${path}/`;
        const names = new Set<string>();
        for (const file of files.keys())
          if (file.startsWith(inside)) names.add(file.slice(inside.length).split('/', 1)[0] ?? '');
        return [...names];
      },
      async mkdir() {},
      async rmdir() {},
      async stat(path: string) {
        return entry(path);
      },
      async lstat(path: string) {
        return entry(path);
      },
      async readlink(path: string) {
        throw new FsError('EINVAL', path);
      },
      async symlink(_target: string, path: string) {
        throw new FsError('EPERM', path);
      },
    },
  };
}
