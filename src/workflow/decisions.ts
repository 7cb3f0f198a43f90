import type { Decision } from '../messages/plan-record.ts';
import { askedIn } from './asked.ts';
import { holds } from './authority.ts';
import type { RequestPicture } from './observed.ts';

/** What the log of decisions is read from. */
export type DecisionKey = 'reading' | 'plan' | 'commands' | 'config' | 'posts';

/** What people decided, oldest first: it is read from their own comments, so nothing has to be kept elsewhere. */
export function decisionsOf({
  reading,
  plan,
  commands,
  config,
  posts,
}: Pick<RequestPicture, DecisionKey>): readonly Decision[] {
  // By what was asked, not by what would be asked now: once a change is merged, its questions no longer come up.
  const numbers = new Map(askedIn(posts).map(({ id, number }) => [id, number]));
  const answers = [...(reading?.answers ?? [])].map(([id, { text, author, at }]): Decision => {
    return { at, by: author, what: `answered question ${numbers.get(id) ?? ''}: ${text}` };
  });
  const approval = plan?.approval;
  const approvals: Decision[] =
    approval?.kind === 'given'
      ? [{ at: approval.at, by: approval.by, what: 'approved the plan' }]
      : approval?.kind === 'refused'
        ? [{ at: approval.at, by: approval.by, what: `rejected the plan: ${approval.reason}` }]
        : [];
  const signOffs = commands.flatMap(({ command, by, comment }): Decision[] => {
    if (command.kind !== 'sign-off') return [];
    const roles = config.signOff.filter((role) => (command.role ?? role) === role && holds(by, role, config.roles));
    return roles.map((role) => ({ at: comment.createdAt, by: by.login, what: `signed off as ${role}` }));
  });
  return [...answers, ...approvals, ...signOffs].toSorted((a, b) => a.at.localeCompare(b.at));
}
