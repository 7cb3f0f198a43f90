import { defaults } from '../../src/config/defaults.ts';
import type { ChildSnapshot, Issue, LinkedPull } from '../../src/github/port.ts';
import type { PlanRecord } from '../../src/messages/plan-record.ts';
import type { Plan, Proof, Task } from '../../src/planner/plan.ts';
import { emptyCatalog } from '../../src/sql/catalog.ts';
import type { Child, PlanPicture, RequestPicture } from '../../src/workflow/observed.ts';

export function anIssue(facts: Partial<Issue> = {}): Issue {
  return {
    id: 1_042,
    number: 42,
    title: 'Coupons',
    body: 'Add a column.',
    url: 'https://github.example/acme/shop/issues/42',
    author: 'bob',
    open: true,
    labels: ['database'],
    assignees: [],
    createdAt: '2026-11-02T09:00:00Z',
    updatedAt: '2026-11-02T09:00:00Z',
    ...facts,
  };
}

export function aTask(facts: Partial<Task> = {}): Task {
  return {
    id: 'T1',
    title: 'Add a column',
    steps: [1],
    dependsOn: [],
    criteria: [{ text: 'It is there', sql: 'SELECT true' }],
    ...facts,
  };
}

export function aPlan(facts: Partial<Plan> = {}): Plan {
  return {
    engine: 'postgresql',
    steps: [
      {
        id: 1,
        title: 'Add a column',
        phase: 'expand',
        sql: ['ALTER TABLE orders ADD COLUMN note text'],
        down: ['ALTER TABLE orders DROP COLUMN note'],
        transaction: true,
        locks: [{ relation: 'public.orders', mode: 'AccessExclusiveLock' }],
        rewrites: [],
        hazards: [],
        lockTimeoutMs: 3_000,
        statementTimeoutMs: 30_000,
        because: 'Only the catalog changes.',
      },
    ],
    tasks: [aTask()],
    unsupported: [],
    tables: ['public.orders'],
    ...facts,
  };
}

export const proven: Proof = {
  applied: true,
  reachedDesired: true,
  reverted: true,
  engineVersion: '18.6',
  ms: 12,
  rows: 40,
  locks: {},
  rewrites: {},
  differences: [],
};

export function aRecord(facts: Partial<PlanRecord> = {}): PlanRecord {
  return {
    plan: aPlan(),
    desired: ['ALTER TABLE orders ADD COLUMN note text'],
    proof: proven,
    asker: 'bob',
    paraphrase: ['Add the column `note` to `orders`.'],
    notUnderstood: [],
    database: { name: 'main', version: '16' },
    diagram: '',
    head: 'c0ffee0000000000000000000000000000000000',
    reading: 'r1',
    ...facts,
  };
}

export function aPlanPicture(facts: Partial<PlanPicture> = {}): PlanPicture {
  return {
    digest: 'p1',
    record: aRecord(),
    post: { id: 'plan/p1', comment: 900, digest: 'posted', data: {} },
    proof: proven,
    proving: { kind: 'prove', engine: 'postgresql', digest: 'prove:p1', input: { base: [], desired: [], steps: [] } },
    approval: { kind: 'not-needed' },
    ...facts,
  };
}

export function aPull(facts: Partial<LinkedPull> = {}): LinkedPull {
  return {
    number: 50,
    title: 'Add a column',
    body: 'Closes #43',
    closes: true,
    url: 'https://github.example/acme/shop/pull/50',
    author: 'grace',
    state: 'open',
    head: 'feed00000000000000000000000000000000feed',
    base: 'main',
    updatedAt: '2026-11-02T10:00:00Z',
    checks: [],
    ...facts,
  };
}

export const green = {
  id: 7,
  name: 'database-lead',
  status: 'completed',
  conclusion: 'success',
  title: 'fine',
} as const;
export const red = {
  id: 7,
  name: 'database-lead',
  status: 'completed',
  conclusion: 'failure',
  title: '1 blocking finding',
} as const;

export function merged(facts: Partial<LinkedPull> = {}): LinkedPull {
  return aPull({
    state: 'merged',
    mergeCommit: 'a'.repeat(40),
    mergedAt: '2026-11-02T11:00:00Z',
    checks: [green],
    ...facts,
  });
}

export function aChild(issue: Partial<ChildSnapshot> = {}, facts: Partial<Omit<Child, 'issue'>> = {}): Child {
  const snapshot = {
    ...anIssue({
      id: 1_043,
      number: 43,
      title: 'T1: Add a column',
      author: 'database-lead[bot]',
      labels: [],
      assignees: ['grace'],
    }),
    pulls: [],
    ...issue,
  };
  return { task: 'T1', issue: snapshot, blockedBy: [], linked: true, ...facts };
}

/** A request in the hands of the App, with nothing done yet. */
export function aRequest(facts: Partial<RequestPicture> = {}): RequestPicture {
  return {
    now: new Date('2026-11-02T12:00:00Z'),
    place: {
      owner: 'acme',
      repo: 'shop',
      defaultBranch: 'main',
      head: 'c0ffee',
      bot: 'database-lead[bot]',
      without: new Map(),
    },
    config: { ...defaults, signOff: [] },
    configProblems: [],
    issue: anIssue(),
    role: 'request',
    label: { on: true, times: 1 },
    asker: { login: 'bob', permission: 'write', roles: [] },
    posts: [],
    commands: [],
    schema: {
      database: { name: 'main', engine: 'postgresql', version: '16', tables: {} },
      history: { tool: 'golang-migrate', directory: 'db/migrations', entries: [], problems: [] },
      migrations: [],
      catalog: emptyCatalog('postgresql'),
      problems: [],
      digest: 's1',
    },
    pulls: [],
    children: [],
    measuring: [],
    workload: new Map(),
    deployments: [],
    evidence: new Map(),
    ...facts,
  };
}
