import { codeSpan, escapeInline, fence } from './escape.ts';
import { terminated } from './plan.ts';
import { bullets, inWords, mentions, paragraphs } from './words.ts';

/** The task that a notice is about. */
interface About {
  readonly task: string;
  readonly child: number;
  readonly assignees: readonly string[];
  readonly asker: string;
}

export function unassigned({
  child,
  role,
  assignees,
}: {
  readonly child: number;
  readonly role: string;
  readonly assignees: readonly string[];
}): string {
  const whom = mentions(assignees, 'nobody is configured');
  return `#${child} has no assignee. It is for the ${codeSpan(role)} (${whom}); GitHub assigns only people with access to this repository. Please assign somebody.`;
}

export function lostPull({ task, child, pull, assignees, asker }: About & { readonly pull: number }): string {
  return `${mentions(assignees, mentions([asker], ''))}, #${pull} for task ${task} (#${child}) was closed without a merge. The task is open again: reopen the pull request, open another, or close #${child} as not planned.`;
}

export function givenUp({ task, child, asker }: About): string {
  return `${mentions([asker], '')}, task ${task} (#${child}) was closed as not planned, so this request cannot be finished as planned. Reopen #${child}, or close this issue as not planned, too.`;
}

export function mergedUnverified({
  task,
  child,
  pull,
  escalateTo,
}: About & { readonly pull: number; readonly escalateTo: readonly string[] }): string {
  return `${mentions(escalateTo, 'Attention')}: #${pull} for task ${task} (#${child}) was merged although the check \`database-lead\` had failed. I do not count the task as done; it takes another pull request that passes, or a revert.`;
}

export function unmet({
  task,
  child,
  assignees,
  failing,
  pull,
}: About & { readonly failing: readonly string[]; readonly pull?: number }): string {
  const [what, then] =
    pull === undefined
      ? [`#${child} (task ${task}) was closed without a pull request`, `Reopen #${child} and merge a migration for it.`]
      : [`#${pull} for task ${task} (#${child}) was merged`, 'It takes another pull request that meets them.'];
  return paragraphs(
    `${mentions(assignees, 'Attention')}: ${what}, but on the default branch these criteria do not hold:`,
    bullets(failing.map(escapeInline)),
    then,
  );
}

export function stale({ task, child, assignees, asker, days }: About & { readonly days: number }): string {
  return `${mentions(assignees, mentions([asker], ''))}, nothing has moved on task ${task} (#${child}) for ${days} days. Is something in the way?`;
}

export function revision({
  pull,
  head,
  title,
  people,
}: {
  readonly pull: number;
  readonly head: string;
  readonly title: string;
  readonly people: readonly string[];
}): string {
  return `${mentions(people, 'This task')}: #${pull} at ${head.slice(0, 7)} needs a revision: ${escapeInline(title)}. The review and the check runs there say what and where; I look again at every push.`;
}

export function escalated({
  pull,
  revisions,
  people,
}: {
  readonly pull: number;
  readonly revisions: number;
  readonly people: readonly string[];
}): string {
  return `${mentions(people, 'Attention')}: ${revisions} revisions of #${pull} have failed review or verification. Please help, or decide otherwise.`;
}

export function askForSignOff({
  roles,
  merges,
}: {
  readonly roles: readonly { readonly role: string; readonly people: readonly string[] }[];
  readonly merges: readonly string[];
}): string {
  return paragraphs(
    `Every task is merged and verified${merges.length > 0 ? ` (${inWords(merges)})` : ''}. Before I report, I need:`,
    bullets(
      roles.map(
        ({ role, people }) =>
          `${codeSpan(role)}: ${mentions(people, 'anyone with write access')}, please \`/db sign-off ${role}\``,
      ),
    ),
  );
}

export function failedDeployment(failure: {
  readonly environment: string;
  readonly sha: string;
  readonly url: string | undefined;
  readonly people: readonly string[];
  readonly rollback: readonly string[];
}): string {
  const log = failure.url === undefined || !/^https?:\/\/[^\s)]+$/.test(failure.url) ? '' : ` ([log](${failure.url}))`;
  return paragraphs(
    `${mentions(failure.people, 'Attention')}: the deployment of ${failure.sha.slice(0, 7)} to ${codeSpan(failure.environment)} failed${log}. I wait for one that succeeds.`,
    failure.rollback.length > 0 &&
      `The way back, as it was proven:\n\n${fence(failure.rollback.map(terminated).join('\n'), 'sql')}`,
  );
}

/** `doing` is the name of an action of ours. */
export function missingPermission(doing: string, needs: string | undefined): string {
  const permission = needs === undefined ? 'a permission that it lacks' : `the permission ${codeSpan(needs)}`;
  return `I cannot ${codeSpan(doing.replaceAll('-', ' '))} here: the installation needs ${permission}. Everything else goes on; an owner can grant it on the App's settings page, and I try again at the next event.`;
}

/** In place of {@link missingPermission} once it is no longer true. */
export function grantedPermission(doing: string): string {
  return `For a time I could not ${codeSpan(doing.replaceAll('-', ' '))} here for want of a permission. The installation has it now.`;
}

export function inCircles(reasons: readonly string[]): string {
  return paragraphs(
    'I have done the same three times in a row, and it did not last, so I stop here until something changes:',
    bullets(reasons.map(escapeInline)),
    'Something undoes it, perhaps another automation. Please have a look.',
  );
}
