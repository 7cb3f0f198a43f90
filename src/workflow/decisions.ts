import type { Decision } from '../messages/plan-record.ts';
import { holds } from './authority.ts';
import type { RequestPicture } from './observed.ts';

/** What people decided, oldest first: it is read from their own comments, so nothing has to be kept elsewhere. */
export function decisionsOf({
  reading,
  plan,
  commands,
  config,
}: Pick<RequestPicture, 'reading' | 'plan' | 'commands' | 'config'>): readonly Decision[] {
  const answers = (reading?.questions ?? []).flatMap((question): Decision[] => {
    const answer = reading?.answers.get(question.id);
    return answer === undefined
      ? []
      : [{ at: answer.at, by: answer.author, what: `answered question ${question.number}: ${answer.text}` }];
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
