import { randomUUID } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import { createEngines } from '../engines/engines.ts';
import type { Client } from '../github/octokit/client.ts';
import { type Holder, holderOf, tokenRepository } from '../github/octokit/token.ts';
import { tokenClient } from '../github/octokit/token-client.ts';
import { explained, permissionsIn } from '../github/octokit/token-errors.ts';
import { systemClock } from '../kernel/clock.ts';
import { TerminalError, unreachable } from '../kernel/errors.ts';
import { silentLog } from '../kernel/log.ts';
import { markerCodec } from '../messages/marker.ts';
import { loadParsers } from '../sql/parsers/index.ts';
import { memory } from '../workflow/memory.ts';
import { unhurried } from '../workflow/pace.ts';
import { type Reviewed, reviewOnce } from '../workflow/review-once.ts';
import { cacheDirectory } from './cache.ts';
import { asWorkflowCommands } from './formats/github.ts';
import { paintFor } from './formats/paint.ts';
import { asSarif } from './formats/sarif.ts';
import { print, remark } from './output.ts';
import { asJson } from './review/json.ts';
import { exitCodeOf, outcomeOf, type ReviewOutcome } from './review/outcome.ts';
import { type ReviewRequest, readRequest } from './review/request.ts';
import { reviewText } from './review/text.ts';
import { upload } from './review/upload.ts';
import { leaveForWorkflow } from './review/workflow-files.ts';

/**
 * `database-lead review`: the App's review of a pull request with one token, without an App. 0: nothing blocks, 1: something does,
 * 2: it could not be reviewed.
 */
export async function reviewCommand(args: readonly string[], usage: string): Promise<number> {
  const env = process.env;
  const request = readRequest(args, env, usage);
  const client = tokenClient({
    token: request.token,
    apiUrl: request.apiUrl,
    ...(request.graphqlUrl === undefined ? {} : { graphqlUrl: request.graphqlUrl }),
    userAgent: `database-lead/${packageJson.version}`,
    tell: remark,
  });
  try {
    const holder = await holderOf(client);
    const reviewed = await review(request, client, holder);
    const outcome = outcomeOf(reviewed);
    const { pull } = reviewed.picture;
    const uploaded =
      request.uploadSarif && !request.dryRun && pull.state === 'open'
        ? await upload(client, request.target, pull.head.sha, outcome.report)
        : undefined;
    leaveForWorkflow(env, outcome, request.target);
    await print(render(reviewed, outcome, request, { env, ...(uploaded === undefined ? {} : { uploaded }) }));
    return exitCodeOf(outcome, request.failOn);
  } catch (error) {
    throw explained(error);
  }
}

async function review(request: ReviewRequest, client: Client, holder: Holder): Promise<Reviewed> {
  const { target, dryRun, verify } = request;
  const { owner, repo, number } = target;
  await loadParsers();
  const engines = createEngines({ dataDirectory: cacheDirectory(), log: silentLog });
  try {
    const reviewed = await reviewOnce(
      number,
      {
        repository: tokenRepository(client, { owner, repo }, holder),
        engines: engines.of,
        markers: markerCodec(request.secret ?? `database-lead outside its App: ${owner}/${repo}`.toLowerCase()),
        memory: memory(unhurried),
        clock: systemClock,
        tell: remark,
      },
      { write: !dryRun, verify, checks: holder.app !== undefined },
    );
    if (reviewed === undefined)
      throw new TerminalError(
        `there is no pull request ${owner}/${repo}#${number}, or the token may not see it`,
        'See that the number is right, and that the token may read the repository (contents and pull requests)',
      );
    if (reviewed.picture.place.unreadable === true)
      throw new TerminalError(
        `the files of ${owner}/${repo} cannot be read with this token`,
        'Give it `contents: read`',
      );
    sayWhatIsLeftOut(reviewed, holder);
    return reviewed;
  } finally {
    await engines.close();
  }
}

function sayWhatIsLeftOut({ picture, refused }: Reviewed, { app, login }: Holder): void {
  const { pull } = picture;
  if (pull.state !== 'open') remark(`the pull request is ${pull.state}: nothing is posted`);
  else if (app === undefined)
    remark(`${login} is not an App, and only Apps make check runs: the exit code tells what they would`);
  for (const { action, error } of refused) {
    const needs = permissionsIn(error.needs);
    remark(`not allowed, and left out: ${action.kind}${needs === undefined ? '' : `, which needs ${needs}`}`);
  }
}

interface Around {
  readonly env: NodeJS.ProcessEnv;
  readonly uploaded?: Awaited<ReturnType<typeof upload>>;
}

function render(reviewed: Reviewed, outcome: ReviewOutcome, request: ReviewRequest, around: Around): string {
  const pathOf = (file: string) => file;
  switch (request.format) {
    case 'text':
      return inWorkflow(around.env) ? forLog(reviewed, outcome, request) : forPeople(reviewed, outcome, request);
    case 'json':
      return asJson(reviewed, outcome, request, around.uploaded);
    case 'sarif':
      return asSarif(outcome.report, pathOf);
    case 'github':
      return asWorkflowCommands(outcome.report, pathOf);
    default:
      return unreachable(request.format);
  }
}

function inWorkflow(env: NodeJS.ProcessEnv): boolean {
  return env.GITHUB_ACTIONS === 'true';
}

function forPeople(reviewed: Reviewed, outcome: ReviewOutcome, request: ReviewRequest): string {
  const { stdout } = process;
  return reviewText(reviewed, outcome, request, { paint: paintFor(stdout), width: stdout.columns || 120 });
}

/**
 * The same for a workflow's log, which obeys lines that look like commands: what a stranger's file says is fenced off
 * (documentation, "Workflow commands", stopping and starting). A token that may not comment still has annotations.
 */
function forLog(reviewed: Reviewed, outcome: ReviewOutcome, request: ReviewRequest): string {
  const fence = randomUUID();
  const isMute = reviewed.refused.some(({ action }) => action.kind === 'post-review');
  return [
    `::stop-commands::${fence}`,
    forPeople(reviewed, outcome, request),
    `::${fence}::`,
    ...(isMute ? [asWorkflowCommands(outcome.report, (file) => file)] : []),
  ].join('\n');
}
