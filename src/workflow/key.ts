import { TerminalError } from '../kernel/errors.ts';

/**
 * The name of one thing to look at. `repository` stands for everything of ours in it: what a push or an installation
 * concerns.
 */
export type Key =
  | { readonly kind: 'issue' | 'pull'; readonly owner: string; readonly repo: string; readonly number: number }
  | { readonly kind: 'repository'; readonly owner: string; readonly repo: string };

/** `owner/repo#12` for an issue, `owner/repo!12` for a pull request, `owner/repo` for a repository. */
export function keyText(key: Key): string {
  const repository = `${key.owner}/${key.repo}`;
  return key.kind === 'repository' ? repository : `${repository}${key.kind === 'issue' ? '#' : '!'}${key.number}`;
}

/** The key of which {@link keyText} gives the text. Throws on anything else. */
export function parseKey(text: string): Key {
  const parts = /^([\w.-]+)\/([\w.-]+?)(?:([#!])(\d+))?$/.exec(text);
  const [, owner, repo, mark, number] = parts ?? [];
  if (owner === undefined || repo === undefined) throw new TerminalError(`not a key: ${text}`, 'Delete the job');
  if (mark === undefined) return { kind: 'repository', owner, repo };
  return { kind: mark === '#' ? 'issue' : 'pull', owner, repo, number: Number(number) };
}
