import { readFileSync } from 'node:fs';
import { messageOf } from '../../kernel/errors.ts';
import { UsageError } from '../usage.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a workflow's event may say of a pull request (documentation, "Webhook events and payloads"). */
interface Event {
  readonly pull_request?: { readonly number?: unknown } | null;
  readonly issue?: { readonly number?: unknown; readonly pull_request?: unknown } | null;
  readonly merge_group?: { readonly head_ref?: unknown } | null;
  readonly inputs?: { readonly pr?: unknown } | null;
}

/**
 * The number of the pull request that started a workflow, as the event on disk has it. A merge queue names its branch after the
 * last pull request of the group: `gh-readonly-queue/main/pr-12-5f1c...`. Throws {@link UsageError} where there is none.
 */
export function pullOfEvent(env: Environment): string {
  const path = env.GITHUB_EVENT_PATH;
  const remedy = 'Name it: --pr OWNER/REPO#N';
  if (path === undefined || path === '') throw new UsageError('no pull request named', remedy);
  const found = numberIn(read(path, remedy));
  if (found !== undefined) return found;
  throw new UsageError(`the event ${env.GITHUB_EVENT_NAME ?? 'in GITHUB_EVENT_PATH'} names no pull request`, remedy);
}

function numberIn({ pull_request, issue, merge_group, inputs }: Event): string | undefined {
  if (typeof pull_request?.number === 'number') return String(pull_request.number);
  if (issue?.pull_request != null && typeof issue.number === 'number') return String(issue.number);
  const queued = /\/pr-(\d{1,9})-[^/]*$/.exec(String(merge_group?.head_ref ?? ''))?.[1];
  if (queued !== undefined) return queued;
  return typeof inputs?.pr === 'string' && inputs.pr !== '' ? inputs.pr : undefined;
}

function read(path: string, remedy: string): Event {
  try {
    const event: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof event === 'object' && event !== null ? event : {};
  } catch (error) {
    throw new UsageError(`the event in ${path} cannot be read: ${messageOf(error)}`, remedy);
  }
}
