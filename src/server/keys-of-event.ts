import { type Key, keyText, parseKey, type Wish, wishes } from '../workflow/key.ts';

/** What the handler reads of any payload: everything else is read from GitHub's current state. */
interface Payload {
  readonly action?: string;
  readonly sender?: { readonly login?: string } | null;
  readonly repository?: RepositoryPart | null;
  readonly repositories?: readonly RepositoryPart[];
  readonly repositories_added?: readonly RepositoryPart[];
  readonly issue?: NumberPart & { readonly pull_request?: unknown };
  readonly pull_request?: NumberPart;
  readonly parent_issue?: NumberPart | null;
  readonly sub_issue?: NumberPart | null;
  readonly blocked_issue?: NumberPart | null;
  readonly blocking_issue?: NumberPart | null;
  readonly check_run?: { readonly id?: number; readonly head_sha?: string };
  readonly check_suite?: { readonly head_sha?: string };
  readonly requested_action?: { readonly identifier?: string };
  readonly merge_group?: { readonly head_sha?: string; readonly base_sha?: string; readonly head_ref?: string };
  readonly ref?: string;
}

interface RepositoryPart {
  readonly name?: string;
  readonly full_name?: string;
  readonly default_branch?: string;
}

type At = Pick<Key, 'owner' | 'repo'>;

interface NumberPart {
  readonly number?: number;
}

/**
 * The names of what an event says to look at again. Nothing else of it is used, so that lost, doubled, late and reordered
 * deliveries change nothing; only what people press beside a check run is kept nowhere else, and is a name itself. What we did ourselves (`bot` is our own login) was followed up when we did it; other bots may be
 * the specialists. Unknown events give nothing.
 */
export function keysOfEvent(event: string, payload: unknown, bot: string): readonly Key[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const body = payload as Payload;
  if (event.startsWith('installation'))
    return [...(body.repositories ?? []), ...(body.repositories_added ?? [])].flatMap(repositoryKey);
  const [repository] = body.repository === undefined || body.repository === null ? [] : repositoryKey(body.repository);
  if (repository === undefined || body.sender?.login === bot) return [];

  const issues = (...parts: readonly (NumberPart | null | undefined)[]) => numbered(repository, 'issue', parts);
  const pulls = (...parts: readonly (NumberPart | null | undefined)[]) => numbered(repository, 'pull', parts);

  switch (event) {
    case 'issues':
      return issues(body.issue);
    case 'issue_comment':
      return body.issue?.pull_request === undefined ? issues(body.issue) : pulls(body.issue);
    case 'sub_issues':
      return issues(body.parent_issue, body.sub_issue);
    case 'issue_dependencies':
      return issues(body.blocked_issue, body.blocking_issue);
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_review_comment':
    case 'pull_request_review_thread':
      return pulls(body.pull_request);
    case 'check_run':
      return askedOfRun(repository, body);
    case 'check_suite':
      // Everything else about suites is an echo of our own runs, or comes as an event of the pull request.
      return body.action === 'rerequested'
        ? asked(repository, body, { run: 'all', head: body.check_suite?.head_sha, wish: 're-run' })
        : [];
    case 'merge_group':
      return group(repository, body);
    case 'push':
      return pushed(repository, body);
    case 'deployment':
    case 'deployment_status':
      return [repository];
    default:
      return [];
  }
}

function repositoryKey({ full_name }: RepositoryPart): readonly Extract<Key, { kind: 'repository' }>[] {
  const [owner, repo] = (full_name ?? '').split('/');
  return owner && repo ? [{ kind: 'repository', owner, repo }] : [];
}

function askedOfRun(repository: At, body: Payload): readonly Key[] {
  const { id: run, head_sha: head } = body.check_run ?? {};
  if (body.action === 'rerequested') return asked(repository, body, { run, head, wish: 're-run' });
  const wish = wishes.find((known) => known === body.requested_action?.identifier);
  return body.action === 'requested_action' && wish !== undefined ? asked(repository, body, { run, head, wish }) : [];
}

function asked(
  { owner, repo }: At,
  { sender }: Payload,
  {
    run,
    head,
    wish,
  }: { readonly run: number | 'all' | undefined; readonly head: string | undefined; readonly wish: Wish },
): readonly Key[] {
  const by = sender?.login;
  if (by === undefined || head === undefined || (run !== 'all' && !Number.isSafeInteger(run))) return [];
  return wellFormed({ kind: 'asked', owner, repo, run: run as number | 'all', head, wish, by });
}

function group({ owner, repo }: At, { action, merge_group }: Payload): readonly Key[] {
  const { head_sha: head, base_sha: base, head_ref: ref = '' } = merge_group ?? {};
  if (head === undefined || base === undefined) return [];
  if (action === 'destroyed') return wellFormed({ kind: 'gone', owner, repo, head, base });
  if (action !== 'checks_requested') return [];
  // The queue names its branch after the pull request: `gh-readonly-queue/main/pr-104-<base>`.
  const number = /\/pr-(\d{1,10})-[0-9a-f]+$/.exec(ref)?.[1];
  return wellFormed({
    kind: 'group',
    owner,
    repo,
    head,
    base,
    ...(number === undefined ? {} : { pull: Number(number) }),
  });
}

/** The default branch has everybody's configuration and schema; another branch those of the pull requests into it. */
function pushed(repository: Extract<Key, { kind: 'repository' }>, { ref, repository: part }: Payload): readonly Key[] {
  const [, branch] = /^refs\/heads\/(.+)$/.exec(ref ?? '') ?? [];
  if (branch === undefined) return [];
  return branch === part?.default_branch ? [repository] : wellFormed({ ...repository, kind: 'branch', ref: branch });
}

/** A payload is not trusted to hold what it should: a key that could not be read again is none. */
function wellFormed(key: Key): readonly Key[] {
  try {
    parseKey(keyText(key));
    return [key];
  } catch {
    return [];
  }
}

function numbered(
  { owner, repo }: { readonly owner: string; readonly repo: string },
  kind: 'issue' | 'pull',
  parts: readonly (NumberPart | null | undefined)[],
): readonly Key[] {
  const numbers = new Set(parts.flatMap((part) => (typeof part?.number === 'number' ? [part.number] : [])));
  return [...numbers].map((number) => ({ kind, owner, repo, number }));
}
