import { glob, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../kernel/errors.ts';
import { UsageError } from './usage.ts';

export interface Input {
  readonly file: string;
  readonly sql: string;
}

/** The `.sql` files of paths, directories read whole and in order; `-` is standard input. */
export async function readInputs(paths: readonly string[]): Promise<readonly Input[]> {
  const lists = await Promise.all(paths.map(filesAt));
  return Promise.all(
    lists.flat().map(async (file) => ({ file: file === '-' ? '<stdin>' : file, sql: await textOf(file) })),
  );
}

/** Every file below a directory, relative to it. */
export async function listFiles(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const entry of glob('**/*', { cwd: directory, withFileTypes: true })) {
    if (entry.isFile()) found.push(join(entry.parentPath, entry.name).slice(join(directory, '/').length));
  }
  return found.map((path) => path.replaceAll('\\', '/')).sort();
}

async function filesAt(path: string): Promise<readonly string[]> {
  if (path === '-') return ['-'];
  try {
    if (!(await stat(path)).isDirectory()) return [path];
  } catch (error) {
    throw new UsageError(
      `cannot read ${path}: ${messageOf(error)}`,
      'Name a file, a directory, or - for standard input',
    );
  }
  return (await listFiles(path)).filter((file) => file.endsWith('.sql')).map((file) => join(path, file));
}

export async function textOf(file: string): Promise<string> {
  try {
    return file === '-' ? await standardInput() : await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${messageOf(error)}`, 'Name a readable file');
  }
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
