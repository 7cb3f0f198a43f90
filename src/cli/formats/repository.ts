import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';

/**
 * How files are called from the root of the git repository around a directory, which is how GitHub calls them; without one,
 * from the directory itself. A file outside keeps its full path.
 */
export function pathsIn(directory: string): (file: string) => string {
  const root = rootAbove(directory) ?? directory;
  return (file) => {
    // A text that has no file: standard input.
    if (file.startsWith('<')) return file;
    const path = relative(root, resolve(directory, file)).replaceAll('\\', '/');
    return path.startsWith('../') || isAbsolute(path) ? resolve(directory, file) : path;
  };
}

function rootAbove(directory: string): string | undefined {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}
