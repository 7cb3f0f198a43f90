import { digest } from '../kernel/hash.ts';
import type { PlanRecord } from '../messages/plan-record.ts';
import type { Goal } from '../planner/goal.ts';
import { desiredDdl, planGoals } from '../planner/index.ts';
import { isDestructive, type Plan, type Proof } from '../planner/plan.ts';
import { applyAll } from '../sql/apply/index.ts';
import type { Catalog } from '../sql/catalog.ts';
import { erDiagram } from '../sql/mermaid.ts';
import type { ObjectName } from '../sql/name.ts';
import { versionNumber } from '../sql/version.ts';
import type { EvidenceRequest } from './actions.ts';
import { mayDirect } from './authority.ts';
import { handOver } from './hand-over.ts';
import { measuredBy, measurementsOf, queriesOf } from './measuring.ts';
import type { Approval, Evidence, PlanPicture, RequestPicture } from './observed.ts';
import { type OwnPost, postsOf } from './post.ts';

type Slice = Pick<RequestPicture, 'posts' | 'commands' | 'config' | 'schema' | 'reading' | 'place' | 'asker'> & {
  /** Results of engines that a plan is made from. */
  readonly evidence: ReadonlyMap<string, Evidence>;
};

/** A candidate before it has been run. */
const unproven: Proof = {
  applied: false,
  reachedDesired: false,
  reverted: false,
  engineVersion: '',
  ms: 0,
  rows: 0,
  locks: {},
  rewrites: {},
  differences: [],
};

/**
 * The plan in force: the one that is posted for the request as it reads now, or any posted one once its tasks are
 * delegated; else a candidate from the schema as it is. `undefined` while questions are open.
 */
export function planOf(picture: Slice): PlanPicture | undefined {
  const { posts, reading, schema } = picture;
  const posted = postsOf(posts, 'plan').findLast(({ data }) => data.superseded !== true);
  const record = posted?.data as unknown as PlanRecord | undefined;
  const delegated = postsOf(posts, 'progress').length > 0;
  if (posted !== undefined && record !== undefined && (delegated || record.reading === reading?.digest)) {
    return {
      digest: posted.id.slice('plan/'.length),
      record,
      post: posted,
      proof: record.proof,
      proving: provingOf(picture, record),
      approval: approvalOf(picture, record, posted),
    };
  }
  if (reading === undefined || schema.history === undefined || reading.questions.some(({ open }) => open))
    return undefined;
  // What is best for a query is measured first: without that there is nothing to plan.
  if (measurementsOf(picture).some((request) => !picture.evidence.has(request.digest))) return undefined;
  const candidate = candidateOf(picture);
  return {
    digest: digest([candidate.plan, candidate.reading]).slice(0, 12),
    record: candidate,
    proving: provingOf(picture, candidate),
    approval: approvalOf(picture, candidate, undefined),
  };
}

function candidateOf(picture: Slice): PlanRecord {
  const { reading, schema, asker, place } = picture;
  const { database, catalog } = schema;
  const goals = reading?.understood.goals ?? [];
  const version = versionNumber(database.engine, database.version);
  const measured = measuredBy(picture, picture.evidence);
  const options = {
    engine: database.engine,
    version,
    rows: (table: ObjectName) => database.tables[table.name]?.rows,
    measured,
  };
  const optimized = queriesOf(reading).flatMap(({ query }) => {
    const judged = measured(query);
    return judged === undefined || 'failure' in judged ? [] : [judged.optimized];
  });
  const plan =
    database.engine === 'postgresql'
      ? planGoals(goals, catalog, options)
      : handOver(database.engine, goals, reading?.understood.paraphrase ?? [], catalog);
  return {
    plan,
    desired: desiredDdl(goals, catalog, options),
    proof: unproven,
    asker: asker.login,
    paraphrase: reading?.understood.paraphrase ?? [],
    notUnderstood: reading?.understood.notUnderstood ?? [],
    database: { name: database.name, version: database.version ?? '' },
    ...(optimized.length === 0 ? {} : { optimized }),
    diagram: diagramOf(goals, plan, catalog),
    head: place.head ?? '',
    reading: reading?.digest ?? '',
  };
}

/** The tables concerned as they will be; those that go away are not drawn. */
function diagramOf(goals: readonly Goal[], { tables }: Plan, catalog: Catalog): string {
  const { catalog: after } = applyAll(
    catalog,
    goals.flatMap((goal) => (goal.kind === 'change' ? [goal.change] : [])),
  );
  const names = tables.flatMap((key) => after.tables.get(key)?.name ?? []);
  return names.length === 0 ? '' : erDiagram(after, names);
}

function provingOf({ schema }: Slice, { plan, desired }: PlanRecord): Extract<EvidenceRequest, { kind: 'prove' }> {
  const input = { base: schema.migrations, desired, steps: plan.steps };
  return {
    kind: 'prove',
    engine: schema.database.engine,
    digest: `prove:${digest([schema.digest, desired, plan.steps])}`,
    input,
  };
}

/** Only a decision that was made after the plan was posted is about this plan. */
function approvalOf({ config, commands }: Slice, { plan }: PlanRecord, posted: OwnPost | undefined): Approval {
  const needed = config.plan.approval === 'always' || (config.plan.approval === 'destructive' && isDestructive(plan));
  const decision = commands.findLast(
    ({ command, comment, by }) =>
      (command.kind === 'approve' || command.kind === 'reject') &&
      posted !== undefined &&
      comment.id > posted.comment &&
      mayDirect(by, config.roles),
  );
  if (decision?.command.kind === 'reject') {
    return { kind: 'refused', by: decision.by.login, at: decision.comment.createdAt, reason: decision.command.reason };
  }
  if (decision !== undefined) return { kind: 'given', by: decision.by.login, at: decision.comment.createdAt };
  return needed ? { kind: 'waiting' } : { kind: 'not-needed' };
}
