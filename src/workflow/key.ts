import { TerminalError } from '../kernel/errors.ts';

interface At {
  readonly owner: string;
  readonly repo: string;
}

/**
 * The name of one thing to look at. `repository` stands for everything of ours in it: what a push or an installation
 * concerns; `branch` for the pull requests that want to go into it. `group` is a commit that a merge queue made, `gone` when the queue took it back.
 *
 * `asked` is what GitHub keeps nowhere: that a person pressed something beside a check run. It names the run (`all`: every run on
 * the commit), what was pressed and who did it; its job turns that into state on GitHub.
 */
export type Key =
  | (At & { readonly kind: 'issue'; readonly number: number })
  | (At & { readonly kind: 'pull'; readonly number: number })
  | (At & { readonly kind: 'repository' })
  | (At & { readonly kind: 'branch'; readonly ref: string })
  | (At & { readonly kind: 'group'; readonly head: string; readonly base: string; readonly pull?: number })
  | (At & { readonly kind: 'gone'; readonly head: string; readonly base: string })
  | (At & {
      readonly kind: 'asked';
      readonly run: number | 'all';
      readonly head: string;
      readonly wish: Wish;
      readonly by: string;
    });

/** What can be asked of a check run: by GitHub's own link, and by our buttons. */
export const wishes = ['re-run', 're-verify', 'explain', 'ignore'] as const;
export type Wish = (typeof wishes)[number];

/**
 * `owner/repo#12` for an issue, `owner/repo!12` for a pull request, `owner/repo` for a repository,
 * `owner/repo^BRANCH` for a branch (percent-encoded), `owner/repo=HEAD..BASE!12` for a merge group that brings a pull request (`-HEAD..BASE` for one that is gone), and
 * `owner/repo?WISH/RUN/HEAD/LOGIN` for what was asked.
 */
export function keyText(key: Key): string {
  const repository = `${key.owner}/${key.repo}`;
  switch (key.kind) {
    case 'repository':
      return repository;
    case 'branch':
      return `${repository}^${encodeURIComponent(key.ref)}`;
    case 'issue':
      return `${repository}#${key.number}`;
    case 'pull':
      return `${repository}!${key.number}`;
    case 'group':
      return `${repository}=${key.head}..${key.base}${key.pull === undefined ? '' : `!${key.pull}`}`;
    case 'gone':
      return `${repository}=-${key.head}..${key.base}`;
    case 'asked':
      return `${repository}?${key.wish}/${key.run}/${key.head}/${key.by}`;
  }
}

const numbered = /^[#!](\d+)$/;
const grouped = /^=([0-9a-f]{40,64})\.\.([0-9a-f]{40,64})(?:!(\d+))?$/;
const ungrouped = /^=-([0-9a-f]{40,64})\.\.([0-9a-f]{40,64})$/;
const branched = /^\^([\w.~%!*'()-]+)$/;
const askedFor = /^\?([\w-]+)\/(\d+|all)\/([0-9a-f]{40,64})\/([\w.-]+(?:\[bot\])?)$/;

/** The key of which {@link keyText} gives the text. Throws on anything else. */
export function parseKey(text: string): Key {
  const [, owner, repo, rest = ''] = /^([\w.-]+)\/([\w.-]+?)([#!=?^].*)?$/.exec(text) ?? [];
  if (owner === undefined || repo === undefined) throw notAKey(text);
  const at = { owner, repo };
  if (rest === '') return { kind: 'repository', ...at };
  const [, number] = numbered.exec(rest) ?? [];
  if (number !== undefined) return { kind: rest.startsWith('#') ? 'issue' : 'pull', ...at, number: Number(number) };
  const [, branch] = branched.exec(rest) ?? [];
  if (branch !== undefined) return { kind: 'branch', ...at, ref: decoded(branch, text) };
  const [, made, onto, pull] = grouped.exec(rest) ?? [];
  if (made !== undefined && onto !== undefined)
    return { kind: 'group', ...at, head: made, base: onto, ...(pull === undefined ? {} : { pull: Number(pull) }) };
  const [, lost, base] = ungrouped.exec(rest) ?? [];
  if (lost !== undefined && base !== undefined) return { kind: 'gone', ...at, head: lost, base };
  const [, word, run, head, by] = askedFor.exec(rest) ?? [];
  const wish = wishes.find((known) => known === word);
  if (wish === undefined || run === undefined || head === undefined || by === undefined) throw notAKey(text);
  return { kind: 'asked', ...at, run: run === 'all' ? 'all' : Number(run), head, wish, by };
}

function decoded(part: string, text: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notAKey(text);
  }
}

function notAKey(text: string): TerminalError {
  return new TerminalError(`not a key: ${text}`, 'Delete the job');
}
