import { promises } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { currentBranch, listBranches, listTags, readObject, resolveRef } from 'isomorphic-git';

/** What is taken over from a repository on disk, beside its objects. */
export interface ImportedRepository {
  readonly defaultBranch: string;
  /** Full ref names to commit ids. */
  readonly refs: Readonly<Record<string, string>>;
  /** The git folder whose objects are read (and never written). */
  readonly gitdir: string;
}

/** The git folder of a checkout, following the pointers that worktrees and submodules have; `null` when there is none. */
export async function findGitdir(directory: string): Promise<string | null> {
  const found = join(directory, '.git');
  const stat = await promises.stat(found).catch(() => null);
  if (stat?.isDirectory()) return found;
  if (stat?.isFile()) {
    const pointer = /^gitdir: (.+)$/m.exec(await promises.readFile(found, 'utf8'))?.[1]?.trim();
    if (!pointer) return null;
    const gitdir = isAbsolute(pointer) ? pointer : resolve(directory, pointer);
    const common = await promises.readFile(join(gitdir, 'commondir'), 'utf8').catch(() => null);
    return common ? resolve(gitdir, common.trim()) : gitdir;
  }
  const bare = await promises.stat(join(directory, 'objects')).catch(() => null);
  return bare?.isDirectory() ? directory : null;
}

/** Reads branches and tags of a repository on disk. Uncommitted work is no part of it. Rejects outside a repository. */
export async function importRepository(directory: string): Promise<ImportedRepository> {
  const gitdir = await findGitdir(directory);
  if (!gitdir) throw new Error(`${directory} is not a git repository`);
  const at = { fs: { promises }, gitdir };
  const refs: Record<string, string> = {};
  for (const branch of await listBranches(at))
    refs[`refs/heads/${branch}`] = await resolveRef({ ...at, ref: `refs/heads/${branch}` });
  for (const tag of await listTags(at)) {
    const oid = await resolveRef({ ...at, ref: `refs/tags/${tag}` });
    // An annotated tag is an object of its own; the sandbox keeps only the commit that it names.
    const { object, type } = await readObject({ ...at, oid });
    const target = type === 'tag' ? (object as { object: string; type: string }) : { object: oid, type };
    if (target.type === 'commit') refs[`refs/tags/${tag}`] = target.object;
  }
  const current = await currentBranch(at);
  const branches = Object.keys(refs).filter((ref) => ref.startsWith('refs/heads/'));
  const usual = ['main', 'master'].find((name) => refs[`refs/heads/${name}`]);
  const defaultBranch = usual ?? (current || branches[0]?.slice('refs/heads/'.length));
  if (!defaultBranch || !refs[`refs/heads/${defaultBranch}`]) throw new Error(`${directory} has no commits yet`);
  return { defaultBranch, refs, gitdir };
}
