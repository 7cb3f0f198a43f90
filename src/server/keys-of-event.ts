import type { Key } from '../workflow/key.ts';

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
  readonly check_run?: { readonly pull_requests?: readonly NumberPart[] };
  readonly check_suite?: { readonly pull_requests?: readonly NumberPart[] };
  readonly ref?: string;
}

interface RepositoryPart {
  readonly name?: string;
  readonly full_name?: string;
  readonly default_branch?: string;
}

interface NumberPart {
  readonly number?: number;
}

/** Actions of checks that people give to us; every other one is an echo of our own runs or of somebody else's. */
const askedAgain = ['rerequested', 'requested_action'];

/**
 * The names of what an event says to look at again. Nothing else of it is used, so that lost, doubled, late and reordered
 * deliveries change nothing. What we did ourselves (`bot` is our own login) was followed up when we did it; other bots may be
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
    case 'check_suite': {
      if (!askedAgain.includes(body.action ?? '')) return [];
      // The list is empty for a fork's push.
      const named = pulls(...(body.check_run?.pull_requests ?? body.check_suite?.pull_requests ?? []));
      return named.length > 0 ? named : [repository];
    }
    case 'push':
      return body.ref === `refs/heads/${body.repository?.default_branch}` ? [repository] : [];
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

function numbered(
  { owner, repo }: { readonly owner: string; readonly repo: string },
  kind: 'issue' | 'pull',
  parts: readonly (NumberPart | null | undefined)[],
): readonly Key[] {
  const numbers = new Set(parts.flatMap((part) => (typeof part?.number === 'number' ? [part.number] : [])));
  return [...numbers].map((number) => ({ kind, owner, repo, number }));
}
