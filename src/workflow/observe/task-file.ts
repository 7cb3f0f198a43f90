import type { Config } from '../../config/config.ts';
import type { Issue, Repository, Tree } from '../../github/port.ts';
import { taskIdAt } from '../../messages/task-file.ts';
import type { RequestPicture } from '../observed.ts';

/**
 * The request's task file, where the configuration asks for task files. Its name follows from the issue, so it needs no
 * record; the number tells two issues of one second apart.
 */
export async function taskFileOf(
  repository: Repository,
  tree: Tree,
  config: Config,
  issue: Issue,
): Promise<RequestPicture['taskFile']> {
  if (config.mdtm === undefined) return undefined;
  const id = taskIdAt(new Date(issue.createdAt));
  const path = `${config.mdtm.path.replace(/\/+$/, '')}/${id}-${issue.number}.md`;
  const sha = tree.entries.find((entry) => entry.path === path)?.sha;
  if (sha === undefined) return { id, path };
  const text = (await repository.texts([sha])).get(sha);
  return typeof text === 'string' ? { id, path, text } : { id, path };
}
