import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the example repository lives. */
export const shop = { owner: 'acme', name: 'shop' } as const;

/** Who works on it, and what they may do there. */
export const people = [
  { login: 'alice', permission: 'admin' },
  { login: 'bob', permission: 'triage' },
  { login: 'carol', permission: 'write' },
  { login: 'dan', permission: 'write' },
  { login: 'erin', permission: 'maintain' },
  { login: 'frank', permission: 'write' },
  { login: 'grace', permission: 'write' },
  { login: 'heidi', permission: 'write' },
] as const;

export type Login = (typeof people)[number]['login'];

/** The files of the example repository: a dozen migrations and a configuration. */
export async function shopFiles(): Promise<Readonly<Record<string, string>>> {
  const root = join(import.meta.dirname, 'shop');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.sort().map(async (path) => [path.slice(root.length + 1).replaceAll('\\', '/'), await readFile(path, 'utf8')]),
  );
  return Object.fromEntries(files);
}
