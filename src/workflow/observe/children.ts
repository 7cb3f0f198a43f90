import type { ChildSnapshot, IssueSnapshot, Repository } from '../../github/port.ts';
import { digest } from '../../kernel/hash.ts';
import type { Child, PlanPicture, Schema } from '../observed.ts';
import { everywhere, orderOf, readBody } from '../task-body.ts';
import type { Senses } from './request.ts';

/**
 * The sub-issues of ours. Until every task has one that is linked, the App's own issues are searched as well: a crash
 * between opening and linking leaves an orphan, and a server without sub-issues has nothing else.
 */
export async function childrenOf(
  senses: Senses,
  { issue, children }: IssueSnapshot,
  plan: PlanPicture | undefined,
  schema: Schema,
): Promise<readonly Child[]> {
  if (plan?.post === undefined) return [];
  const { repository, codec } = senses;
  const orderIn = (candidate: Pick<ChildSnapshot, 'id' | 'author' | 'body' | 'number'>) => {
    const post = readBody(candidate, repository.bot, codec(everywhere));
    const order = post === undefined ? undefined : orderOf(candidate.number, post);
    return order?.parent === issue.number ? order : undefined;
  };
  const found = new Map<number, Child>();
  const add = async (snapshot: ChildSnapshot, linked: boolean) => {
    const order = orderIn(snapshot);
    if (order === undefined || found.has(snapshot.number)) return;
    const depends = plan.record.plan.tasks.find(({ id }) => id === order.task)?.dependsOn ?? [];
    const blockedBy = depends.length > 0 ? await repository.blockedBy(snapshot.number) : [];
    found.set(
      snapshot.number,
      withConfirmation(
        { task: order.task, issue: snapshot, blockedBy, linked },
        { criteria: order.criteria, schema, isCheckless: repository.without.has('checks') },
      ),
    );
  };

  for (const child of children) await add(child, true);
  if (found.size < plan.record.plan.tasks.length) {
    for (const own of await repository.ownIssues()) {
      if (orderIn(own) === undefined || found.has(own.number)) continue;
      const snapshot = await repository.issue(own.number, []);
      // Where there are no sub-issues, nothing is missing.
      if (snapshot !== undefined) await add(asChild(snapshot), repository.without.has('sub-issues'));
    }
  }
  return [...found.values()].toSorted((a, b) => a.issue.number - b.issue.number);
}

function asChild({ issue, pulls, reopenedAt }: IssueSnapshot): ChildSnapshot {
  return { ...issue, pulls, ...(reopenedAt === undefined ? {} : { reopenedAt }) };
}

/** How many open issues of ours each person has. */
export async function workloadOf(repository: Repository): Promise<ReadonlyMap<string, number>> {
  const open = (await repository.ownIssues()).filter((issue) => issue.open);
  return open.reduce((load, { assignees }) => {
    for (const login of assignees) load.set(login, (load.get(login) ?? 0) + 1);
    return load;
  }, new Map<string, number>());
}

/** Asks the criteria where nothing else tells whether the task is done. `isCheckless`: no check tells it of a pull request. */
function withConfirmation(
  child: Child,
  {
    criteria,
    schema,
    isCheckless,
  }: {
    readonly criteria: ReturnType<typeof orderOf>['criteria'];
    readonly schema: Schema;
    readonly isCheckless: boolean;
  },
): Child {
  const { issue } = child;
  const isMerged = issue.pulls.some(({ state }) => state === 'merged');
  const isAsked = isMerged ? isCheckless : !issue.open && issue.stateReason !== 'not_planned';
  if (!isAsked) return child;
  const request = {
    kind: 'verify' as const,
    engine: schema.database.engine,
    digest: `verify:${digest([schema.digest, criteria])}`,
    input: { base: schema.migrations, migrations: [], criteria },
  };
  return { ...child, confirmation: { request } };
}
