import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that hold other people's code, and are large. */
const passedOver = new Set(['.git', 'node_modules']);

/**
 * Every file below a directory, relative to it, with `/` between folders, sorted. Links to directories do not count, because they
 * may lead back; a link that leads nowhere does, so that whoever reads it says so. Throws what the file system throws.
 */
export function filesBelow(directory: string): readonly string[] {
  return [...walk(directory, '')].sort();
}

function* walk(directory: string, prefix: string): Generator<string> {
  for (const entry of readdirSync(join(directory, prefix), { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      if (!passedOver.has(entry.name)) yield* walk(directory, `${path}/`);
    } else if (isFile(entry, join(directory, path))) yield path;
  }
}

function isFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  // An editor's mark that a file is open is a link to nowhere.
  if (entry.name.startsWith('.#')) return false;
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}
