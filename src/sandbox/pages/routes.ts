import { deploy, pressButton, reportDeployment, rerun, saveFile } from './actions/code.ts';
import {
  addBlocker,
  addChild,
  answer,
  changeComment,
  chooseAssignees,
  chooseLabels,
  editIssue,
  newLabel,
  openIssue,
} from './actions/issues.ts';
import {
  applySuggestion,
  changeDraft,
  changeReview,
  commentOnLine,
  merge,
  openPull,
  reply,
  resolve,
  review,
  unresolve,
  updateBranch,
} from './actions/pulls.ts';
import { chooseActor, clearFaults, redeliver, removeFault, setFault } from './actions/sandbox.ts';
import type { Redirect, Screen, Visit } from './page.ts';
import { pullChecksScreen, runScreen } from './screens/checks.ts';
import { blobScreen, editScreen, newFileScreen, treeScreen } from './screens/code.ts';
import { commitScreen, commitsScreen, compareScreen } from './screens/commits.ts';
import { deliveriesScreen, deliveryScreen } from './screens/deliveries.ts';
import { deploymentsScreen } from './screens/deployments.ts';
import { faultsScreen } from './screens/faults.ts';
import { accountScreen, homeScreen } from './screens/home.ts';
import { issueScreen } from './screens/issue.ts';
import { issuesScreen, pullsScreen } from './screens/list.ts';
import { chooseScreen, newIssueScreen } from './screens/new-issue.ts';
import { pullScreen } from './screens/pull.ts';
import { pullFilesScreen } from './screens/pull-files.ts';

export type Handler = (visit: Visit) => Screen | Redirect | Promise<Screen | Redirect>;

const repo = '/:owner/:repo';

/** What is shown. `:name` is one segment of the path, `*name` the rest of it. The first that matches wins. */
const screens: readonly (readonly [path: string, handler: Handler])[] = [
  ['/', homeScreen],
  ['/_sandbox/deliveries', deliveriesScreen],
  ['/_sandbox/deliveries/:id', deliveryScreen],
  ['/_sandbox/faults', faultsScreen],
  ['/apps/:slug', accountScreen],
  ['/:login', accountScreen],
  [repo, treeScreen],
  [`${repo}/tree/*place`, treeScreen],
  [`${repo}/blob/*place`, blobScreen],
  [`${repo}/edit/*place`, editScreen],
  [`${repo}/new/*place`, newFileScreen],
  [`${repo}/commits/*place`, commitsScreen],
  [`${repo}/commit/:sha`, commitScreen],
  [`${repo}/compare`, compareScreen],
  [`${repo}/issues`, issuesScreen],
  [`${repo}/issues/new/choose`, chooseScreen],
  [`${repo}/issues/new`, newIssueScreen],
  [`${repo}/issues/:number`, issueScreen],
  [`${repo}/pulls`, pullsScreen],
  [`${repo}/pull/:number`, pullScreen],
  [`${repo}/pull/:number/files`, pullFilesScreen],
  [`${repo}/pull/:number/checks`, pullChecksScreen],
  [`${repo}/runs/:id`, runScreen],
  [`${repo}/deployments`, deploymentsScreen],
];

const conversation: readonly (readonly [path: string, handler: Handler])[] = [
  ['/comments', answer],
  ['/comments/:comment', changeComment],
  ['/edit', editIssue],
  ['/labels', chooseLabels],
  ['/labels/new', newLabel],
  ['/assignees', chooseAssignees],
  ['/sub-issues', addChild],
  ['/blocked-by', addBlocker],
];

/** What forms are sent to. */
const forms: readonly (readonly [path: string, handler: Handler])[] = [
  ['/_sandbox/act-as', chooseActor],
  ['/_sandbox/deliveries/:id', redeliver],
  ['/_sandbox/faults', setFault],
  ['/_sandbox/faults/clear', clearFaults],
  ['/_sandbox/faults/:id/remove', removeFault],
  [`${repo}/issues`, openIssue],
  [`${repo}/pulls`, openPull],
  ...['issues', 'pull'].flatMap((kind) =>
    conversation.map(([path, handler]) => [`${repo}/${kind}/:number${path}`, handler] as const),
  ),
  [`${repo}/pull/:number/merge`, merge],
  [`${repo}/pull/:number/draft`, changeDraft],
  [`${repo}/pull/:number/update`, updateBranch],
  [`${repo}/pull/:number/reviews`, review],
  [`${repo}/pull/:number/reviews/:review`, changeReview],
  [`${repo}/pull/:number/review-comments`, commentOnLine],
  [`${repo}/pull/:number/threads/:thread/reply`, reply],
  [`${repo}/pull/:number/threads/:thread/resolve`, resolve],
  [`${repo}/pull/:number/threads/:thread/unresolve`, unresolve],
  [`${repo}/pull/:number/threads/:thread/apply`, applySuggestion],
  [`${repo}/edit/*place`, saveFile],
  [`${repo}/runs/:id/rerun`, rerun],
  [`${repo}/runs/:id/action`, pressButton],
  [`${repo}/deployments`, deploy],
  [`${repo}/deployments/:id/statuses`, reportDeployment],
];

interface Compiled {
  readonly pattern: RegExp;
  readonly handler: Handler;
}

function compile([path, handler]: readonly [string, Handler]): Compiled {
  const pattern = path.replace(/[:*](\w+)/g, (whole, name: string) =>
    whole.startsWith('*') ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  );
  return { pattern: new RegExp(`^${pattern}/?$`), handler };
}

const table = { GET: screens.map(compile), POST: forms.map(compile) } as const;

/** The handler for a path with its decoded parameters; `null` when there is none. */
export function route(
  method: 'GET' | 'POST',
  path: string,
): { readonly handler: Handler; readonly params: Readonly<Record<string, string>> } | null {
  for (const { pattern, handler } of table[method]) {
    const found = pattern.exec(path);
    if (!found) continue;
    try {
      const params = Object.entries(found.groups ?? {}).map(
        ([name, text]) => [name, decodeURIComponent(text)] as const,
      );
      return { handler, params: Object.fromEntries(params) };
    } catch {
      // A path that is not well-formed leads nowhere.
      return null;
    }
  }
  return null;
}
