import { type GraphQLObjectType, type GraphQLOutputType, getNamedType, isCompositeType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/sandbox/graphql/context.ts';
import { queryRoot } from '../../../src/sandbox/graphql/query.ts';
import { schema } from '../../../src/sandbox/graphql/schema.ts';
import { suiteFields } from '../../../src/sandbox/graphql/types/check-suite.ts';
import { commitFields } from '../../../src/sandbox/graphql/types/commit.ts';
import { issueFields } from '../../../src/sandbox/graphql/types/issue.ts';
import { assignable } from '../../../src/sandbox/operations/assignees.ts';
import { createCheckRun } from '../../../src/sandbox/operations/checks.ts';
import { commitChanges } from '../../../src/sandbox/operations/commits.ts';
import { addDeploymentStatus, createDeployment } from '../../../src/sandbox/operations/deployments.ts';
import { updateIssue } from '../../../src/sandbox/operations/issues.ts';
import { mergePull } from '../../../src/sandbox/operations/merge.ts';
import { enqueuePull } from '../../../src/sandbox/operations/merge-queue.ts';
import { createPull, removeReviewers, requestReviewers, setDraft } from '../../../src/sandbox/operations/pulls.ts';
import { createRef } from '../../../src/sandbox/operations/refs.ts';
import { createReview, dismissReview } from '../../../src/sandbox/operations/reviews.ts';
import { createStatus } from '../../../src/sandbox/operations/statuses.ts';
import { removeSubIssue } from '../../../src/sandbox/operations/sub-issues.ts';
import { replyToThread } from '../../../src/sandbox/operations/threads.ts';
import { must, threadsOf } from '../../../src/sandbox/state/find.ts';
import { user } from './site.ts';
import { aStory } from './story.ts';

const alice = user('alice');

/** Types that no world of the sandbox ever holds; the schema has them so that queries which name them are understood. */
const never = ['ConnectedEvent', 'HeadRefDeletedEvent', 'HeadRefForcePushedEvent'];

/** A world in which something of everything has happened. */
async function everything() {
  const story = await aStory();
  const { site, repository, bot, parent, child, pull } = story;
  expect(assignable(site, repository, 'bob')).toBe(true);
  await updateIssue(site, alice, parent, { title: 'Much faster orders', assignees: ['bob'] });
  await updateIssue(site, alice, parent, { assignees: [], state: 'closed' });
  await updateIssue(site, alice, parent, { state: 'open' });
  await setDraft(site, alice, pull, true);
  await setDraft(site, alice, pull, false);
  await requestReviewers(site, alice, pull, ['carol', 'alice'], []);
  await removeReviewers(site, alice, pull, ['alice']);
  const comments = [{ path: 'db/migrations/0002_index.sql', line: 1, body: 'Why?' }];
  const review = await createReview(site, alice, pull, { event: 'REQUEST_CHANGES', body: 'No.', comments });
  await dismissReview(site, alice, pull, review, 'Yes.');
  const thread = must(threadsOf(site.world, pull)[0], 'thread', 0);
  await replyToThread(site, bot, pull, thread, 'Because.');
  const { headSha } = pull.pull;
  const annotation = {
    path: 'README.md',
    start_line: 1,
    end_line: 1,
    annotation_level: 'notice',
    message: 'm',
  } as const;
  await createCheckRun(site, bot, repository, {
    name: 'database-lead',
    headSha,
    conclusion: 'success',
    output: { title: 't', summary: 's', annotations: [annotation] },
  });
  await createStatus(site, alice, repository, headSha, { state: 'success' });
  const deployment = await createDeployment(site, alice, repository, { ref: 'main', requiredContexts: [] });
  if ('statuses' in deployment) await addDeploymentStatus(site, alice, deployment, { state: 'success' });
  await createRef(site, alice, repository, 'refs/heads/other', headSha);
  await createPull(site, alice, repository, { title: 'Other', head: 'other', base: 'main' });
  await mergePull(site, alice, pull, {});
  await createRef(site, alice, repository, 'refs/heads/queued', headSha);
  await commitChanges(site, alice, repository, {
    branch: 'queued',
    message: 'Wait',
    changes: [{ path: 'queued.txt', content: Buffer.from('x') }],
  });
  await enqueuePull(
    site,
    alice,
    await createPull(site, alice, repository, { title: 'Queued', head: 'queued', base: 'main' }),
  );
  await removeSubIssue(site, alice, parent, child.id);
  return story;
}

/** Arguments under which every field has something to say. */
const given: Readonly<Record<string, unknown>> = {
  first: 100,
  owner: 'acme',
  login: 'alice',
  qualifiedName: 'refs/heads/main',
  refPrefix: 'refs/heads/',
  expression: 'main:db/migrations',
  path: 'README.md',
  includeClosedPrs: true,
};

function argumentsFor(typeName: string, field: string, names: readonly string[], number: number) {
  const own = {
    ...given,
    number,
    name: field === 'repository' ? 'shop' : typeName === 'Status' ? 'default' : 'production',
  };
  if (field === 'label') own.name = 'database';
  return Object.fromEntries(Object.entries(own).filter(([name]) => names.includes(name)));
}

describe('every field of the schema', () => {
  it('is answered by the objects, and every type is met', async () => {
    const { site, repository, pull, parent, child } = await everything();
    const context: Context = {
      site,
      actor: alice,
      allowance: { limit: 1, used: 0, reset: 0 },
      cost: { points: 1, nodes: 1 },
    };
    const met = new Set<string>();
    const missing: string[] = [];

    async function look(value: unknown, declared: GraphQLOutputType, again = false): Promise<void> {
      const resolved = await value;
      if (resolved === null || resolved === undefined) return;
      if (Array.isArray(resolved)) {
        for (const one of resolved) await look(one, declared);
        return;
      }
      const named = getNamedType(declared);
      if (!isCompositeType(named)) return;
      const fields = resolved as Record<string, unknown>;
      const type = isObjectType(named) ? named : schema.getType(String(fields.__typename));
      if (!isObjectType(type)) throw new Error(`${fields.__typename} is no object type`);
      // Once a type is known to be whole there is nothing more to learn from it, except on the way to rarer ones.
      if (met.has(type.name) && !again && !type.name.endsWith('Connection')) return;
      met.add(type.name);
      for (const field of Object.values(type.getFields())) {
        if (!Object.hasOwn(fields, field.name)) {
          missing.push(`${type.name}.${field.name}`);
          continue;
        }
        const found = fields[field.name];
        const number = field.name === 'pullRequest' ? pull.number : parent.number;
        const names = field.args.map(({ name }) => name);
        const args = argumentsFor(type.name, field.name, names, number);
        if (field.name === 'node' || field.name === 'nodes') if (type.name === 'Query') continue;
        await look(typeof found === 'function' ? found(args, context, { fieldName: field.name }) : found, field.type);
      }
    }

    const query = schema.getQueryType();
    await look(queryRoot(context), must(query, 'type', 'Query'));
    const type = (name: string) => must(schema.getType(name), 'type', name) as GraphQLObjectType;
    await look(issueFields(context, child), type('Issue'), true);
    await look(commitFields(context, repository, pull.pull.headSha), type('Commit'), true);
    for (const suite of site.world.checkSuites.values())
      await look(suiteFields(context, suite), type('CheckSuite'), true);
    const answers = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !/Payload$|^Mutation$/.test(type.name))
      .map(({ name }) => name);
    expect(missing).toEqual([]);
    expect(answers.filter((name) => !met.has(name))).toEqual(never);
  });
});
